/** Which files hold a plan or a state: told by what stands in them, never by a name. */
import { formatOf } from '../../../parsers/index.ts';
import { type Notice, notice } from '../../../source/notice.ts';
import { at, entryOf, integerOf, type Mapping, textOf } from '../../../source/value.ts';
import type { Files } from '../../files.ts';

/** A file that holds a plan or a state. */
export interface Candidate {
  readonly path: string;
  readonly shape: 'plan' | 'state' | 'raw-state';
  readonly root: Mapping;
}

/** The listed files that may hold a plan or a state, which is cheap to ask: they are not parsed for it. */
export function recordingPaths(files: Files): readonly string[] {
  return files.paths.filter((path) => {
    if (formatOf(path) !== 'json') return false;
    const reading = files.read(path);
    return reading.kind === 'text' && mayBeRecording(reading.text);
  });
}

/** The plans and states among `paths`, in their order. */
export function candidatesIn(files: Files, paths: readonly string[], notices: Notice[]): readonly Candidate[] {
  return paths.flatMap((path) => {
    const root = files.parsed(path)?.documents[0]?.root;
    return root?.kind === 'mapping' ? (candidateOf(path, root, notices) ?? []) : [];
  });
}

function mayBeRecording(text: string): boolean {
  if (text.includes('"format_version"')) {
    return ['"planned_values"', '"resource_changes"', '"root_module"'].some((word) => text.includes(word));
  }
  return text.includes('"lineage"') && text.includes('"serial"') && text.includes('"resources"');
}

function candidateOf(path: string, root: Mapping, notices: Notice[]): Candidate | undefined {
  const shape = shapeOf(root);
  if (shape === undefined) return undefined;
  const version = entryOf(root, shape === 'raw-state' ? 'version' : 'format_version');
  const known = shape === 'raw-state' ? integerOf(version?.value) === 4 : /^[01]\./.test(textOf(version?.value) ?? '');
  if (known) return { path, shape, root };
  const message = `This ${shape === 'plan' ? 'plan' : 'state'} has a format that is not known here; write it again with "terraform show -json" of Terraform 1.x.`;
  notices.push(notice('unsupported-construct', message, version?.value.origin ?? root.origin));
  return undefined;
}

function shapeOf(root: Mapping): Candidate['shape'] | undefined {
  if (root.entries.has('format_version')) {
    if (at(root, 'planned_values')?.kind === 'mapping' || at(root, 'resource_changes')?.kind === 'list') return 'plan';
    return at(root, 'values', 'root_module')?.kind === 'mapping' ? 'state' : undefined;
  }
  const isState = root.entries.has('lineage') && root.entries.has('serial') && at(root, 'resources')?.kind === 'list';
  return isState ? 'raw-state' : undefined;
}
