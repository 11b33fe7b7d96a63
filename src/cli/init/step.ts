/** What `portolan init` would do, file by file: it adds, and never takes away or writes over. */
import { resolve } from 'node:path';
import type { Reading } from '../../source/tree.ts';
import { leadsAway, writeReport } from '../deliver.ts';

/** One file, named relative to the top of the checkout. */
export type Step =
  | { readonly kind: 'create'; readonly path: string; readonly text: string }
  | { readonly kind: 'append'; readonly path: string; readonly text: string; readonly before: string }
  | { readonly kind: 'there'; readonly path: string; readonly because: string }
  /** A person has to write `text`. */
  | { readonly kind: 'ask'; readonly path: string; readonly text: string; readonly because: string };

/** What the steps are made from. */
export interface Site {
  /** The top of the checkout, where hooks and workflows stand. */
  readonly top: string;
  /** From there to the folder of `portolan.yaml`, with a `/` at its end; empty where they are one. */
  readonly prefix: string;
  /** What stands at a path from the top. */
  readonly read: (path: string) => Reading;
  /** The paths of the files that stand directly in a folder. */
  readonly folder: (path: string) => readonly string[];
  /** The branch that changes are merged into. */
  readonly branch: string;
  /** Where the workflow and the hook take Portolan from; null where nobody says. */
  readonly source: Source | null;
  /** Who has to agree to a change of the policy, as CODEOWNERS has them. */
  readonly owners: readonly string[];
}

/** A repository of GitHub (`owner/name`) and a full hash of a commit of it. */
export interface Source {
  readonly repository: string;
  readonly commit: string;
}

const TO_FILL_IN: Source = { repository: 'OWNER/portolan', commit: 'FULL_COMMIT_HASH' };
const NO_SOURCE = 'to write it, give --from OWNER/portolan@FULL_COMMIT_HASH: what it runs has to be pinned';

/** Makes a file, unless something stands there. */
export function created(site: Site, path: string, text: string): Step {
  const before = site.read(path);
  if (before.kind === 'text') return { kind: 'there', path, because: 'it stands there already' };
  return refusal(site, path, text) ?? { kind: 'create', path, text };
}

/** Adds to the end of a file that holds `before`, with the line ends that it has. */
export function appended(site: Site, path: string, before: string, text: string): Step {
  return refusal(site, path, text) ?? { kind: 'append', path, text, before };
}

/** A step whose text says where Portolan comes from: nothing that cannot run is written. */
export function sourced(site: Site, step: (source: Source) => Step): Step {
  const planned = step(site.source ?? TO_FILL_IN);
  if (site.source || planned.kind === 'there' || planned.kind === 'ask') return planned;
  return { kind: 'ask', path: planned.path, text: planned.text, because: NO_SOURCE };
}

function refusal(site: Site, path: string, text: string): Step | null {
  const before = site.read(path);
  if (before.kind === 'refused') return { kind: 'ask', path, text, because: `it cannot be read: ${before.because}` };
  if (!leadsAway(site.top, resolve(site.top, path))) return null;
  return { kind: 'ask', path, text, because: 'a link leads somewhere else' };
}

/** What is written at the end of a file, so that `text` stands there on lines of its own. */
export function addition(before: string, text: string): string {
  const end = before.includes('\r\n') ? '\r\n' : '\n';
  const gap = before === '' || before.endsWith('\n') ? '' : end;
  return gap + text.replaceAll('\n', end);
}

/** Does what a step says. Throws a `UsageError` where it cannot. */
export function perform({ top }: Site, step: Step): void {
  if (step.kind === 'create') writeReport(top, step.path, step.text, 'wx');
  if (step.kind === 'append') writeReport(top, step.path, addition(step.before, step.text), 'a');
}

/** A text as a value in YAML, whatever it holds. */
export function yamlText(text: string): string {
  if (/^[A-Za-z][\w./-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text)) return text;
  return JSON.stringify(text).replace(/[^ -~]/gu, (one) => {
    const point = (one.codePointAt(0) as number).toString(16);
    return point.length > 4 ? `\\U${point.padStart(8, '0')}` : `\\u${point.padStart(4, '0')}`;
  });
}
