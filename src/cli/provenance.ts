import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Provenance } from '../reporters/reporter.ts';

/**
 * Which revision of which repository a checkout is, read from git's own files: running git in a hostile checkout runs
 * programs. Null where any of it is not to be found. User names and passwords in the address are left out.
 */
export function provenanceOf(checkout: string | null): Provenance | null {
  const folder = checkout === null ? null : gitFolder(join(checkout, '.git'));
  if (folder === null) return null;
  const shared = text(join(folder, 'commondir'))?.trim();
  const common = shared === undefined ? folder : resolve(folder, shared);
  const head = text(join(folder, 'HEAD'))?.trim() ?? '';
  const branch = /^ref: refs\/heads\/(.+)$/.exec(head)?.[1] ?? null;
  const revisionId = branch === null ? head : revisionOf(common, `refs/heads/${branch}`);
  const repositoryUri = addressOf(text(join(common, 'config')) ?? '');
  if (repositoryUri === null || !/^[0-9a-f]{40,64}$/.test(revisionId ?? '')) return null;
  return { repositoryUri, revisionId: revisionId as string, branch };
}

/** `.git` is a folder, or in a linked work tree a file that names one. */
function gitFolder(path: string): string | null {
  try {
    if (statSync(path).isDirectory()) return path;
  } catch {
    return null;
  }
  const named = /^gitdir: (.+)$/m.exec(text(path) ?? '')?.[1];
  if (named === undefined) return null;
  return isAbsolute(named) ? named : resolve(dirname(path), named);
}

function revisionOf(folder: string, ref: string): string | undefined {
  const loose = text(join(folder, ref))?.trim();
  if (loose !== undefined) return loose;
  const packed = text(join(folder, 'packed-refs')) ?? '';
  const line = packed.split('\n').find((each) => each.endsWith(` ${ref}`));
  return line?.split(' ')[0];
}

/** The address of the remote `origin`, as a web address. */
function addressOf(config: string): string | null {
  const section = config.split(/^(?=\[)/m).find((each) => each.startsWith('[remote "origin"]'));
  const url = /^\s*url\s*=\s*(\S+)\s*$/m.exec(section ?? '')?.[1] ?? '';
  const remote = /^(?:ssh:\/\/)?(?:[^@/\s]+@)?([\w.-]+)(?::\d+\/|[:/])(?!\/)(.+)$/.exec(url);
  const web = /^https?:\/\//.test(url) ? url : remote ? `https://${remote[1]}/${remote[2]}` : '';
  try {
    const { protocol, host, pathname } = new URL(web);
    return `${protocol}//${host}${pathname}`;
  } catch {
    return null;
  }
}

/** Git's files are small; one that is not is not git's. */
const MAX_SIZE = 16 * 1024 * 1024;

function text(path: string): string | undefined {
  try {
    return statSync(path).size > MAX_SIZE ? undefined : readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
