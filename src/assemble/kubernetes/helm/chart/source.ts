/** The charts of a tree as their files say them, before any value decides what of them is deployed. */
import { posix } from 'node:path';
import { append, type Multimap } from '../../../../source/multimap.ts';
import { type Notice, notice } from '../../../../source/notice.ts';
import { onceEach } from '../../../../source/once.ts';
import { byText } from '../../../../source/order.ts';
import { fileOrigin, type Origin } from '../../../../source/span.ts';
import { at, entryOf, itemsOf, type Mapping, textOf, type Value } from '../../../../source/value.ts';
import type { Files } from '../../../files.ts';
import { helmIgnored, type Ignored } from './ignore.ts';

/** A folder with a Chart.yaml. */
export interface ChartSource {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  /** Deployed only as part of other charts. */
  readonly library: boolean;
  readonly metadata: Mapping;
  /** The file Chart.yaml. */
  readonly path: string;
  /** The values.yaml beside it; null where it has none. */
  readonly values: string | null;
  /** Paths of its templates, sorted. */
  readonly templates: readonly string[];
  /** Paths of the files that its templates can read, sorted. */
  readonly files: readonly string[];
  /** Every file in its folder and in no other chart, those that Helm leaves out among them. */
  readonly members: readonly string[];
  readonly requirements: readonly Requirement[];
  /** What lies unpacked in its folder `charts`. */
  readonly packed: readonly ChartSource[];
}

/** An entry of `dependencies`. */
export interface Requirement {
  readonly name: string;
  readonly alias: string | null;
  readonly version: string;
  readonly repository: string;
  readonly conditions: readonly string[];
  readonly tags: readonly string[];
  readonly imports: readonly Value[];
  readonly origin: Origin;
}

/** The charts of a tree by their folders. Files are those of the listing; nothing else is read. */
export function chartSources(
  files: Files,
  folders: ReadonlySet<string>,
  notices: Notice[],
): ReadonlyMap<string, ChartSource> {
  const members = new Map<string, string[]>([...folders].map((folder) => [folder, []]));
  for (const path of files.paths) {
    const folder = chartFolderOf(path, folders);
    if (folder !== undefined) members.get(folder)?.push(path);
  }
  const known = new Map<string, ChartSource>();
  const packed: Multimap<string, ChartSource> = new Map();
  const ignored = onceEach((folder: string) => helmIgnored(files, folder, notices));
  // Inner charts first, so that each finds those that lie in it.
  for (const folder of [...folders].sort((one, other) => other.length - one.length || (one < other ? -1 : 1))) {
    const isIgnored = ignored(loadedWith(folder, folders));
    const own = {
      members: members.get(folder) ?? [],
      packed: packed.get(posix.join(folder, 'charts')) ?? [],
      isIgnored,
    };
    const source = chartSource(files, folder, own, notices);
    if (!source) continue;
    known.set(folder, source);
    if (!/^[_.]/.test(posix.basename(folder))) append(packed, posix.dirname(folder), source);
  }
  return known;
}

/** The outermost chart that the one in `folder` is packed in: Helm loads both together, and asks its .helmignore alone. */
function loadedWith(folder: string, folders: ReadonlySet<string>): string {
  let outer = folder;
  for (let around = posix.dirname(folder); posix.basename(around) === 'charts'; around = posix.dirname(outer)) {
    if (!folders.has(posix.dirname(around))) break;
    outer = posix.dirname(around);
  }
  return outer;
}

/** What the folder of a chart holds. */
interface Content {
  readonly members: readonly string[];
  readonly packed: readonly ChartSource[];
  readonly isIgnored: Ignored;
}

/** The innermost chart that a file belongs to. */
function chartFolderOf(path: string, folders: ReadonlySet<string>): string | undefined {
  for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
    if (folders.has(folder)) return folder;
    if (folder === '.' || folder === '/') return undefined;
  }
}

function chartSource(
  files: Files,
  folder: string,
  { members, packed, isIgnored }: Content,
  notices: Notice[],
): ChartSource | undefined {
  const path = posix.join(folder, 'Chart.yaml');
  const metadata = files.parsed(path)?.documents[0]?.root;
  const name = textOf(at(metadata ?? undefined, 'name'));
  if (metadata?.kind !== 'mapping' || name === undefined) {
    notices.push(notice('invalid-value', 'A chart needs a name: this one has none and is left out.', fileOrigin(path)));
    return undefined;
  }
  const inside = (path: string): string => (folder === '.' ? path : path.slice(folder.length + 1));
  const isTemplate = (path: string): boolean => inside(path).startsWith('templates/');
  const own = members.filter((member) => !inside(member).startsWith('charts/') && !isIgnored(member));
  const values = posix.join(folder, 'values.yaml');
  return {
    folder,
    name,
    version: textOf(at(metadata, 'version')) ?? '',
    library: textOf(at(metadata, 'type'))?.toLowerCase() === 'library',
    metadata,
    path,
    values: own.includes(values) ? values : null,
    templates: own.filter(isTemplate),
    files: own.filter((member) => !isTemplate(member) && member !== path && member !== values),
    members,
    requirements: requirementsOf(files, folder, metadata, own),
    packed: packed.filter((other) => !isIgnored(other.path)).sort(byText((other) => other.folder)),
  };
}

/** `dependencies` of Chart.yaml, and of the requirements.yaml that older charts have. */
function requirementsOf(
  files: Files,
  folder: string,
  metadata: Mapping,
  own: readonly string[],
): readonly Requirement[] {
  const older = posix.join(folder, 'requirements.yaml');
  const listed = own.includes(older) ? files.parsed(older)?.documents[0]?.root : undefined;
  return [metadata, listed ?? undefined].flatMap((value) =>
    itemsOf(at(value, 'dependencies')).flatMap((item) => {
      const name = entryOf(item, 'name')?.value;
      const text = textOf(name);
      if (name === undefined || text === undefined) return [];
      return [
        {
          name: text,
          alias: textOf(at(item, 'alias')) ?? null,
          version: textOf(at(item, 'version')) ?? '',
          repository: textOf(at(item, 'repository')) ?? '',
          conditions: (textOf(at(item, 'condition')) ?? '')
            .split(',')
            .map((path) => path.trim())
            .filter((path) => path !== ''),
          tags: itemsOf(at(item, 'tags')).flatMap((tag) => textOf(tag) ?? []),
          imports: itemsOf(at(item, 'import-values')),
          origin: name.origin,
        },
      ];
    }),
  );
}

/**
 * The folder that a requirement of the chart in `folder` lies in, as far as the tree has it: unpacked in its folder
 * `charts`, or where `repository: file://…` says.
 */
export function folderOf(
  source: ChartSource,
  requirement: Requirement,
  known: ReadonlyMap<string, ChartSource>,
): string | undefined {
  const packed = source.packed.find(({ name }) => name === requirement.name);
  if (packed) return packed.folder;
  if (!requirement.repository.startsWith('file://')) return undefined;
  const folder = posix.normalize(posix.join(source.folder, requirement.repository.slice('file://'.length)));
  const plain = folder.replace(/(?<=.)\/$/, '');
  return known.has(plain) ? plain : undefined;
}

/** The charts that are deployed as part of others, by folder. */
export function innerCharts(known: ReadonlyMap<string, ChartSource>): ReadonlySet<string> {
  const inner = new Set<string>();
  for (const source of known.values()) {
    for (const { folder } of source.packed) inner.add(folder);
    for (const requirement of source.requirements) {
      const folder = folderOf(source, requirement, known);
      if (folder !== undefined && folder !== source.folder) inner.add(folder);
    }
  }
  return inner;
}
