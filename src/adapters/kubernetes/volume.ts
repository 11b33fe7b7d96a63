/** What a container finds in its file system: parts of the machine, and configs as files. */
import type { ConfigUse, MountFact } from '../../graph/fragment.ts';
import { type Notice, notice } from '../../source/notice.ts';
import type { Origin } from '../../source/span.ts';
import { at, booleanOf, itemsOf, textOf, type Value } from '../../source/value.ts';
import { lineAt } from './field.ts';

/** A volume of a pod, as far as it matters who reaches what. */
export interface Volume {
  readonly host: { readonly path: string; readonly origin: Origin } | null;
  readonly configs: readonly ConfigFiles[];
}

/** A config that a volume holds: all its keys, or some. */
interface ConfigFiles {
  readonly config: ConfigUse['config'];
  /** Key and path of the files; empty for all keys, each a file of its own name. */
  readonly items: readonly { readonly key: string; readonly path: string; readonly origin: Origin }[];
  readonly origin: Origin;
}

/** The volumes of a pod in `namespace`, by name. */
export function volumesOf(spec: Value, namespace: string): ReadonlyMap<string, Volume> {
  const volumes = new Map<string, Volume>();
  for (const item of itemsOf(at(spec, 'volumes'))) {
    const name = textOf(at(item, 'name'));
    if (!name) continue;
    const path = textOf(at(item, 'hostPath', 'path'));
    const parts = [item, ...itemsOf(at(item, 'projected', 'sources'))];
    volumes.set(name, {
      host: path === undefined ? null : { path, origin: lineAt(at(item, 'hostPath'), 'path', item.origin) },
      configs: parts.flatMap((part) => configFiles(part, namespace)),
    });
  }
  return volumes;
}

/** A volume's `configMap` and `secret`, or those of a source of a projected volume. Secrets are named in two ways. */
function configFiles(part: Value, namespace: string): ConfigFiles[] {
  const found: ConfigFiles[] = [];
  for (const [field, kind, naming] of [
    ['configMap', 'config', 'name'],
    ['secret', 'secret', 'secretName'],
    ['secret', 'secret', 'name'],
  ] as const) {
    const source = at(part, field);
    const name = textOf(at(source, naming));
    if (!name) continue;
    const items = itemsOf(at(source, 'items')).flatMap((item) => {
      const key = textOf(at(item, 'key'));
      return key ? [{ key, path: textOf(at(item, 'path')) ?? key, origin: lineAt(item, 'key', item.origin) }] : [];
    });
    found.push({ config: { kind, namespace, name }, items, origin: lineAt(source, naming, part.origin) });
  }
  return found;
}

/** What a container finds in its file system: folders and volumes, and configs as files. */
export interface Mounts {
  readonly mounts: readonly MountFact[];
  readonly configs: readonly ConfigUse[];
}

/** More files of configs than this are nobody's container. */
const MOST_FILES = 1000;

/** What a container mounts of the pod's volumes. */
export function mountsOf(container: Value, volumes: ReadonlyMap<string, Volume>, notices: Notice[]): Mounts {
  const mounts: MountFact[] = [];
  const configs: ConfigUse[] = [];
  for (const item of itemsOf(at(container, 'volumeMounts'))) {
    const volume = volumes.get(textOf(at(item, 'name')) ?? '');
    if (!volume) continue;
    if (volume.host) {
      mounts.push({
        source: below(volume.host.path, textOf(at(item, 'subPath'))),
        target: textOf(at(item, 'mountPath')) ?? '',
        kind: 'host',
        readOnly: booleanOf(at(item, 'readOnly')) === true,
        origin: volume.host.origin,
      });
    }
    const files = configs.length < MOST_FILES ? volume.configs : [];
    for (const each of files) configs.push(...usesOf(each, textOf(at(item, 'subPath'))));
  }
  const beyond = configs[MOST_FILES];
  if (beyond) {
    const message =
      'This container mounts more files of configs than are read: this one and the later ones are left out.';
    notices.push(notice('expansion-limit', message, beyond.origin));
  }
  return { mounts, configs: configs.slice(0, MOST_FILES) };
}

function usesOf(files: ConfigFiles, subPath: string | undefined): ConfigUse[] {
  const { config, origin } = files;
  if (files.items.length > 0) {
    return files.items
      .filter(({ path }) => !subPath || path === subPath || path.startsWith(`${subPath}/`))
      .map((item) => ({ config, key: item.key, as: 'files', origin: item.origin }));
  }
  return [{ config, as: 'files', origin, ...(subPath && !subPath.includes('/') ? { key: subPath } : {}) }];
}

function below(path: string, subPath: string | undefined): string {
  return subPath ? `${path.replace(/\/$/, '')}/${subPath}` : path;
}
