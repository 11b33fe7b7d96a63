/** Renders the templates of a release, each by itself: one that cannot be rendered is left to Helm. */
import { type Notice, notice } from '../../../source/notice.ts';
import { fileOrigin, type Origin } from '../../../source/span.ts';
import type { Files } from '../../files.ts';
import type { Renderable } from './chart/release.ts';
import { dict } from './datum.ts';
import { runTemplate } from './evaluate.ts';
import { type Budget, Fault } from './fault.ts';
import { FUNCTIONS } from './functions/index.ts';
import { withoutNoValue } from './functions/templates.ts';
import type { Machine, Template } from './machine.ts';
import { SyntaxFault } from './template/lex.ts';
import type { Node } from './template/node.ts';
import { parseTemplate } from './template/parse.ts';
import { fileText, joinTexts, originOf, plain, sliceText, type Text } from './text.ts';

/** What a template file has become. */
export interface Rendered {
  readonly path: string;
  readonly text: Text;
}

/** What rendering a release gave. */
export interface Rendering {
  readonly rendered: readonly Rendered[];
  readonly notices: readonly Notice[];
  /** Template files of which something was run. */
  readonly used: ReadonlySet<string>;
  /** Template files that are left to Helm. */
  readonly left: number;
  /** The chart asks for a value that it is not given, or refuses the ones that it is given. */
  readonly refused: boolean;
}

/** A template file, parsed; with a fault where it is no template. */
export interface ParsedTemplate {
  readonly body: readonly Node[];
  readonly defined: readonly Template[];
  readonly source: Text;
  readonly fault: SyntaxFault | null;
}

/** Larger than this is no template. */
const LARGEST_TEMPLATE = 1_000_000;
/** UTF-16 code units that the templates of one release may write together. */
const MOST_OUTPUT = 8 * 1024 * 1024;

/** Parses template files, each text once however many releases and charts it is part of. */
export function templateParser(files: Files): (path: string) => ParsedTemplate | undefined {
  const texts = new Map<string, Syntax>();
  const known = new Map<string, ParsedTemplate | undefined>();
  const parseFile = (path: string): ParsedTemplate | undefined => {
    const reading = files.read(path);
    if (reading.kind !== 'text') return undefined;
    const syntax = texts.get(reading.text) ?? syntaxOf(reading.text);
    texts.set(reading.text, syntax);
    const source = fileText(path, reading.text);
    const defined = syntax.defined.map(([name, body]) => ({ name, body, source, path }));
    return { body: syntax.body, defined, source, fault: syntax.fault };
  };
  return (path) => {
    if (!known.has(path)) known.set(path, parseFile(path));
    return known.get(path);
  };
}

interface Syntax {
  readonly body: readonly Node[];
  readonly defined: readonly (readonly [string, readonly Node[]])[];
  readonly fault: SyntaxFault | null;
}

/** The syntax of a text; of one that is no template, the definitions before its fault. */
function syntaxOf(text: string): Syntax {
  const defined: (readonly [string, readonly Node[]])[] = [];
  try {
    if (text.length > LARGEST_TEMPLATE) throw new SyntaxFault('it is larger than any real template', 0);
    return { body: parseTemplate(text, (name, nodes) => defined.push([name, nodes])), defined, fault: null };
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    return { body: [], defined, fault: error };
  }
}

/** Renders a release. Never throws: what goes wrong is a notice, and the other templates stay. */
export function render(
  templates: readonly Renderable[],
  parse: (path: string) => ParsedTemplate | undefined,
  budget: Budget,
  used: Set<string>,
): Rendering {
  const notices: Notice[] = [];
  const own = new Map<string, Template>();
  const parsed = templates.flatMap((renderable) => {
    const file = parse(renderable.path);
    if (!file) return [];
    const template = { name: renderable.name, body: file.body, source: file.source, path: renderable.path };
    for (const each of [...file.defined, template]) {
      // An empty definition stands back behind one that is there.
      if (!own.has(each.name) || !isBlank(each)) own.set(each.name, each);
    }
    return [{ renderable, template, fault: file.fault }];
  });
  let refused = false;
  const machine: Machine = {
    budget,
    functions: FUNCTIONS,
    depth: 0,
    used,
    missing: (message, place) => {
      refused = true;
      const asked = `The chart asks for a value that it is not given and cannot be deployed without: ${message.trim()}`;
      notices.push(notice('variable-unset', asked, place ?? fileOrigin(templates[0]?.path ?? '')));
    },
  };
  const rendered: Rendered[] = [];
  let left = 0;
  let output = 0;
  for (const { renderable, template, fault } of parsed) {
    const { path, name, base, data } = renderable;
    if (isPartial(path)) {
      if (fault) notices.push(leftToHelm(path, fault, originOf(template.source, fault.offset, fault.offset)));
      continue;
    }
    try {
      if (fault) throw fault;
      machine.depth = 0;
      data.slots.set('Template', {
        value: dict([
          ['Name', plain(name)],
          ['BasePath', plain(base)],
        ]),
      });
      const text = trimmed(withoutNoValue(runTemplate(machine, { own, outer: null }, template, data)));
      output += text.text.length;
      if (output > MOST_OUTPUT) throw new Fault('the chart writes more than any real one', { limit: true });
      if (text.text.trim() !== '') rendered.push({ path, text });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      left++;
      if (error.refusal) refused = true;
      const at = error instanceof SyntaxFault ? originOf(template.source, error.offset, error.offset) : error.place;
      notices.push(leftToHelm(path, error, at));
    }
  }
  return { rendered, notices, used, left, refused };
}

/** Helm takes what stands around a template's documents away, and ends it with a line break. */
function trimmed(text: Text): Text {
  return joinTexts([sliceText(text, 0, text.text.trimEnd().length), plain('\n')]);
}

function isPartial(path: string): boolean {
  return /(^|\/)_[^/]*$/.test(path) || path.endsWith('NOTES.txt');
}

function isBlank({ body, source }: Template): boolean {
  return body.every((node) => node.kind === 'copy' && source.text.slice(node.start, node.end).trim() === '');
}

function leftToHelm(path: string, fault: Fault, place: Origin | undefined): Notice {
  const code = fault.limit ? 'expansion-limit' : 'helm-template';
  return notice(
    code,
    `The template ${path} is left to Helm, and what it makes is left out: ${fault.message}.`,
    place ?? fileOrigin(path),
  );
}
