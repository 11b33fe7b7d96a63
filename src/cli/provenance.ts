import type { Provenance } from '../reporters/reporter.ts';
import { readInside } from '../source/read-inside.ts';

/** Longer addresses and branch names are nobody's. */
const MAX_LENGTH = 2048;

/**
 * Which revision of which repository the checkout at `checkout` (a real path) is, read from git's own files: running git
 * in a hostile checkout runs programs. Null where any of it is not to be found inside the checkout; so it is in a linked
 * work tree and in a submodule, whose `.git` is a file that names a folder elsewhere. User names and passwords in the
 * address are left out.
 */
export function provenanceOf(checkout: string | null): Provenance | null {
  if (checkout === null) return null;
  const read = (name: string): string => {
    const reading = readInside(checkout, `.git/${name}`);
    return reading.kind === 'text' ? reading.text : '';
  };
  const head = read('HEAD').trim();
  const branch = head.startsWith(BRANCH) ? head.slice(BRANCH.length) : null;
  if (branch !== null && !isBranchName(branch)) return null;
  const revisionId = branch === null ? head : revisionOf(`${REFERENCES}${branch}`, read);
  const repositoryUri = addressOf(read('config'));
  if (repositoryUri === null || !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(revisionId)) return null;
  return { repositoryUri, revisionId, branch };
}

const REFERENCES = 'refs/heads/';
const BRANCH = `ref: ${REFERENCES}`;

/** By the rules of git-check-ref-format, so that no name leads to another folder or holds what no branch holds. */
function isBranchName(name: string): boolean {
  return name.length <= MAX_LENGTH && !name.includes('..') && /^[^\0-\x20\x7f~^:?*[\\]+$/.test(name);
}

/** The commit of a reference: from its own file, else from where git packs them. */
function revisionOf(reference: string, read: (name: string) => string): string {
  const loose = read(reference).trim();
  if (loose !== '') return loose;
  const line = read('packed-refs')
    .split('\n')
    .find((each) => each.endsWith(` ${reference}`));
  return line?.split(' ', 1)[0] ?? '';
}

/** The address of the remote `origin`, as a web address; null where it has none. */
function addressOf(config: string): string | null {
  let section = '';
  for (const line of config.split('\n')) {
    const written = line.trim();
    if (written.startsWith('[')) section = written;
    const equals = written.indexOf('=');
    if (section !== '[remote "origin"]' || written.slice(0, equals).trimEnd() !== 'url') continue;
    return webAddress(written.slice(equals + 1).trim());
  }
  return null;
}

function webAddress(written: string): string | null {
  if (written.length > MAX_LENGTH) return null;
  const remote = /^(?:ssh:\/\/)?(?:[^@/\s]+@)?([\w.-]+)(?::\d+\/|[:/])(?!\/)(.+)$/.exec(written);
  const web = /^https?:\/\//.test(written) ? written : remote ? `https://${remote[1]}/${remote[2]}` : '';
  try {
    const { protocol, host, pathname } = new URL(web);
    return `${protocol}//${host}${pathname}`;
  } catch {
    return null;
  }
}
