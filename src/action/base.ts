/** What a run of a workflow is compared with. */
import { readFileSync } from 'node:fs';
import { commitOf, GitError, git } from '../source/git.ts';
import type { Environment } from './workflow.ts';

/** The revision that a change is compared with, or why there is none. */
export type Base =
  | { readonly kind: 'revision'; readonly name: string; readonly commit: string }
  /** Nothing is compared; `missing` where something should be, with what to do. */
  | { readonly kind: 'none'; readonly missing: string | null };

const NOTHING: Base = { kind: 'none', missing: null };

/**
 * The revision that the event is about a change to. Of a pull request it is the first parent of the commit that GitHub makes
 * of it and its base, which is what would be merged into; where something else is checked out, the base that the event names.
 *
 * @param wanted the input `base`; empty for what the event says
 */
export function baseOf(checkout: string, wanted: string, environment: Environment): Base {
  if (wanted !== '') return resolved(checkout, wanted, wanted);
  const event = eventOf(environment);
  switch (environment.GITHUB_EVENT_NAME) {
    case 'pull_request':
    case 'pull_request_target': {
      const base = text(event, 'pull_request', 'base', 'ref') || 'the base';
      const parents = parentsOf(checkout);
      if (parents.length === 2) return resolved(checkout, base, 'HEAD^1');
      return resolved(checkout, base, text(event, 'pull_request', 'base', 'sha'));
    }
    case 'merge_group':
      return resolved(
        checkout,
        text(event, 'merge_group', 'base_ref').replace(/^refs\/heads\//, '') || 'the base',
        text(event, 'merge_group', 'base_sha'),
      );
    case 'push': {
      const before = text(event, 'before');
      // A branch that is new was nothing before.
      return /^0*$/.test(before) ? NOTHING : resolved(checkout, 'what was there before', before);
    }
    default:
      return NOTHING;
  }
}

function resolved(checkout: string, name: string, revision: string): Base {
  if (revision === '') return NOTHING;
  try {
    return { kind: 'revision', name, commit: commitOf(checkout, revision) };
  } catch (error) {
    if (error instanceof GitError) return { kind: 'none', missing: error.message };
    throw error;
  }
}

/** The parents that the commit itself names, whether they are here or not. */
function parentsOf(checkout: string): readonly string[] {
  try {
    const commit = git(checkout, ['cat-file', 'commit', 'HEAD'], '', 2 ** 20).toString('utf8');
    const [head = ''] = commit.split('\n\n');
    return head.split('\n').flatMap((line) => (line.startsWith('parent ') ? [line.slice('parent '.length)] : []));
  } catch {
    return [];
  }
}

function eventOf({ GITHUB_EVENT_PATH }: Environment): unknown {
  if (!GITHUB_EVENT_PATH) return null;
  try {
    return JSON.parse(readFileSync(GITHUB_EVENT_PATH, 'utf8'));
  } catch {
    return null;
  }
}

function text(value: unknown, ...path: readonly string[]): string {
  let at: unknown = value;
  for (const key of path) at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined;
  return typeof at === 'string' ? at : '';
}
