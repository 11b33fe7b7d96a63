/**
 * What is asked of git, and how: only for what a revision is and holds, never for the work tree. The repository is part of
 * what is scanned, and its configuration can name programs that git would run: none of these commands runs one.
 */
import { spawnSync } from 'node:child_process';

/** Something that git could not answer; the message says what to do. */
export class GitError extends Error {
  override readonly name = 'GitError';
  /** The history is cut off before what was asked for. */
  readonly shallow: boolean;
  constructor(message: string, shallow = false) {
    super(message);
    this.shallow = shallow;
  }
}

/** Variables by which a hook, or whoever calls, would send git elsewhere. */
const ELSEWHERE = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_OBJECT_DIRECTORY', 'GIT_NAMESPACE', 'GIT_PREFIX'];

const SAFE = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '--no-pager', '--no-replace-objects'];

/** Nothing is asked of a person, of the network, or of the repository's locks. */
const QUIET = {
  GIT_TERMINAL_PROMPT: '0',
  GIT_NO_LAZY_FETCH: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_PROTOCOL_FROM_USER: '0',
  GIT_ALLOW_PROTOCOL: 'none',
  LC_ALL: 'C',
};

/**
 * What git prints. Throws a `GitError` where it fails.
 *
 * @param folder a folder of the repository
 * @param most bytes that are taken of what it prints
 */
export function git(folder: string, words: readonly string[], input: string, most: number): Buffer {
  const environment: Record<string, string | undefined> = { ...process.env, ...QUIET };
  for (const name of ELSEWHERE) delete environment[name];
  const { error, status, stdout, stderr } = spawnSync('git', ['-C', folder, ...SAFE, ...words], {
    input,
    env: environment,
    maxBuffer: most,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  if (error && 'code' in error && error.code === 'ENOENT') {
    throw new GitError('git is not installed, or not on the PATH: revisions cannot be compared without it');
  }
  if (error) throw new GitError(`git ${words[0]} could not be asked: ${error.message}`);
  if (status !== 0) {
    const said = stderr.toString('utf8').trim().split('\n')[0] ?? '';
    throw new GitError(`git ${words[0]} failed in ${folder}: ${said}`);
  }
  return stdout;
}

/**
 * The commit that a name means (`main`, `HEAD~1`, a hash). Throws a `GitError` where there is none here: in a clone that
 * was cut off, one that says so.
 */
export function commitOf(folder: string, name: string): string {
  try {
    const words = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
    return git(folder, words, '', 1024).toString('latin1').trim();
  } catch (error) {
    if (!(error instanceof GitError) || !/failed in/.test(error.message)) throw error;
    if (isShallow(folder)) {
      throw new GitError(
        `${name} is not in this clone, which was made without its history: fetch it (git fetch --deepen=1, or fetch-depth: 2 of actions/checkout)`,
        true,
      );
    }
    throw new GitError(`${name} is no revision of the repository in ${folder}`);
  }
}

function isShallow(folder: string): boolean {
  return git(folder, ['rev-parse', '--is-shallow-repository'], '', 1024).toString('latin1').trim() === 'true';
}
