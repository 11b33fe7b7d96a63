import type { Origin } from './span.ts';

/** How much a notice matters. */
export type NoticeLevel = 'error' | 'warning' | 'note';

/**
 * Everything that can be said about a run, with its level. A new kind of notice is a line here; the level says whether
 * something was lost (`error`: a file could not be analysed), may be lost (`warning`), or is only worth knowing (`note`).
 */
export const NOTICES = {
  // source
  'file-unreadable': 'error',
  'file-too-large': 'warning',
  'file-binary': 'warning',
  'link-not-followed': 'note',
  'outside-root': 'warning',
  'file-missing': 'warning',
  'tree-too-large': 'warning',
  // parsers
  'syntax-error': 'error',
  'encoding-error': 'warning',
  'duplicate-key': 'warning',
  'expansion-limit': 'warning',
  'depth-limit': 'warning',
  'helm-template': 'note',
  'template-file': 'note',
  'lenient-syntax': 'note',
  // assemble
  'not-built': 'note',
  'reference-missing': 'warning',
  'reference-cycle': 'warning',
  'variable-unset': 'note',
  'merge-conflict': 'warning',
  // adapters
  'invalid-value': 'warning',
  'unsupported-construct': 'note',
  'no-effect': 'note',
  // graph
  'not-evaluated': 'note',
  'ambiguous-reference': 'note',
  'environment-empty': 'warning',
  // policy
  'rule-defect': 'error',
  'suppression-invalid': 'warning',
  // reporters
  'left-out': 'warning',
} as const satisfies Record<string, NoticeLevel>;

export type NoticeCode = keyof typeof NOTICES;

/** Something about the run, never about the security of what was read: skipped, unreadable, unresolved, guessed. */
export interface Notice {
  readonly code: NoticeCode;
  /** One sentence: what happened and what to do about it. */
  readonly message: string;
  readonly origin: Origin;
}

/** In UTF-16 code units: a hostile file has names of megabytes, and messages quote names. */
const MAX_MESSAGE = 1000;

/** A notice about the place `origin`; `message` is one sentence, with what to do about it. */
export function notice(code: NoticeCode, message: string, origin: Origin): Notice {
  return { code, message: message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message, origin };
}
