/**
 * Functions of files (website/docs/language/functions: "Filesystem Functions"). They see only the scanned tree; what
 * depends on the machine on which Terraform runs is unknown.
 */
import { posix } from 'node:path';
import { findMatch } from '../../../regexp/match.ts';
import { compilePattern } from '../../../regexp/program.ts';
import { bool, type Datum, isStructure, text, type UnknownDatum, unknownDatum } from '../datum.ts';
import { derived } from '../derive.ts';
import { Fault } from '../fault.ts';
import { makeSet } from '../order.ts';
import { type Call, type Func, made, own, paid, refuse, str, TEXT, VALUE, whole } from './call.ts';

/** By name. */
export const FILES: Readonly<Record<string, Func>> = {
  file: whole([TEXT], ([path], call) => {
    const source = textOfFile(path, call);
    return typeof source === 'string' ? made(source, call) : source;
  }),
  filebase64: whole([TEXT], ([path], call) => {
    const source = textOfFile(path, call);
    return typeof source === 'string' ? made(Buffer.from(source).toString('base64'), call) : source;
  }),
  fileexists: whole([TEXT], ([path], call) => {
    const place = placeInTree(path, call);
    if (typeof place !== 'string') return place;
    const { kind } = call.context.read(place);
    return kind === 'refused' ? outside(str(path), call) : bool(kind === 'text', call.origin);
  }),
  fileset: whole([TEXT, TEXT], ([path, pattern], call) => fileset(path, str(pattern), call)),
  templatefile: own([TEXT, VALUE], ([path, variables], call) => {
    if (path?.kind === 'unknown') return derived(path, [path, variables as Datum]);
    const source = textOfFile(path, call);
    return typeof source === 'string'
      ? filled(source, placeInTree(path, call) as string, variables as Datum, call)
      : derived(source, [source, variables as Datum]);
  }),
  templatestring: own([TEXT, VALUE], ([source, variables], call) =>
    source?.kind === 'unknown'
      ? derived(source, [source, variables as Datum])
      : filled(str(source), null, variables as Datum, call),
  ),
  basename: whole([TEXT], ([path], call) => made(posix.basename(str(path)) || (str(path) === '' ? '.' : '/'), call)),
  dirname: whole([TEXT], ([path], call) => made(cleaned(str(path).slice(0, str(path).lastIndexOf('/') + 1)), call)),
  abspath: whole([TEXT], ([path], call) =>
    str(path).startsWith('/')
      ? made(cleaned(str(path)), call)
      : unknownDatum('computed', 'abspath() depends on where Terraform runs', call.origin),
  ),
  pathexpand: whole([TEXT], ([path], call) =>
    str(path).startsWith('~')
      ? unknownDatum('computed', 'pathexpand() depends on who runs Terraform', call.origin)
      : (path as Datum),
  ),
};

function cleaned(path: string): string {
  return posix.normalize(path).replace(/(.)\/$/, '$1');
}

/** Where a path of the configuration leads in the tree. */
function placeInTree(path: Datum | undefined, call: Call): string | UnknownDatum {
  const written = str(path);
  if (written.startsWith('/') || written.startsWith('~')) return outside(written, call);
  const place = posix.normalize(posix.join(call.context.folder, written));
  return place === '..' || place.startsWith('../') ? outside(written, call) : place;
}

function outside(path: string, call: Call): UnknownDatum {
  return unknownDatum('computed', `the file ${shortened(path)} is not in the scanned folder`, call.origin);
}

function shortened(path: string): string {
  return path.length > 200 ? `${path.slice(0, 200)}…` : path;
}

/** The text of a file. One that is not there ends the call, as it does in Terraform; one that may not be read is unknown. */
export function textOfFile(path: Datum | undefined, call: Call): string | UnknownDatum {
  const place = placeInTree(path, call);
  if (typeof place !== 'string') return place;
  const reading = call.context.read(place);
  if (reading.kind === 'refused') return outside(str(path), call);
  if (reading.kind === 'missing') {
    throw new Fault(`there is no file ${shortened(str(path))}`, call.origin, {
      code: 'file-missing',
      reason: 'computed',
    });
  }
  if (reading.lossyAt !== undefined) return unknownDatum('computed', `${shortened(str(path))} is no text`, call.origin);
  paid(reading.text.length >> 6, call);
  return reading.text;
}

/** A template with its variables; those that it does not use may be unknown. */
function filled(source: string, file: string | null, variables: Datum, call: Call): Datum {
  if (call.context.inTemplate) return refuse(call, 'is called by a template');
  if (variables.kind === 'unknown') return derived(variables);
  if (!isStructure(variables)) return refuse(call, 'needs an object with the variables', variables.origin);
  const filledIn = call.context.template(source, file, variables.entries, call.origin);
  return variables.sensitive && !filledIn.sensitive ? { ...filledIn, sensitive: true } : filledIn;
}

/** The files below a folder that match, by their paths from there. */
function fileset(path: Datum | undefined, pattern: string, call: Call): Datum {
  const place = placeInTree(path, call);
  if (typeof place !== 'string') return place;
  const program = compilePattern(globPattern(pattern), true);
  if ('failure' in program) return refuse(call, `is given a pattern that cannot be read: ${program.failure}`);
  const folder = place === '.' ? '' : `${place.replace(/\/$/, '')}/`;
  const found: Datum[] = [];
  const { paths, budget } = call.context;
  for (const each of paths) {
    if (!each.startsWith(folder)) continue;
    const rest = each.slice(folder.length);
    if (findMatch(program, rest, 0, budget)) found.push(text(rest, call.origin));
    paid(1, call);
  }
  return makeSet(found, call.origin);
}

/** A pattern of files (`**`, `*`, `?`, classes and alternatives) as a regular expression. */
function globPattern(pattern: string): string {
  let depth = 0;
  return pattern.replace(/\*\*\/|\*\*|\*|\?|\[!|\[\^|[[\]]|[{},]|\\.|[.+()|^$]/g, (sign) => {
    switch (sign) {
      case '**/':
        return '(?:[^/]*/)*';
      case '**':
        return '.*';
      case '*':
        return '[^/]*';
      case '?':
        return '[^/]';
      case '[!':
      case '[^':
        return '[^';
      case '[':
      case ']':
        return sign;
      case '{':
        depth++;
        return '(?:';
      case '}':
        if (depth === 0) return '\\}';
        depth--;
        return ')';
      case ',':
        return depth > 0 ? '|' : ',';
      default:
        return sign.startsWith('\\') ? sign : `\\${sign}`;
    }
  });
}
