import type { Origin } from './span.ts';
/** How much a notice matters. */
export type NoticeLevel = 'error' | 'warning' | 'note';
/**
 * Everything that can be said about a run, with its level. A new kind of notice is a line here; the level says whether
 * something was lost (`error`: a file could not be analysed), may be lost (`warning`), or is only worth knowing (`note`).
 */
export declare const NOTICES: {
    readonly 'file-unreadable': "error";
    readonly 'file-too-large': "warning";
    readonly 'file-binary': "warning";
    readonly 'link-not-followed': "note";
    readonly 'outside-root': "warning";
    readonly 'file-missing': "warning";
    readonly 'tree-too-large': "warning";
    readonly 'syntax-error': "error";
    readonly 'encoding-error': "warning";
    readonly 'duplicate-key': "warning";
    readonly 'expansion-limit': "warning";
    readonly 'depth-limit': "warning";
    readonly 'helm-template': "note";
    readonly 'template-file': "note";
    readonly 'lenient-syntax': "note";
    readonly 'not-built': "note";
    readonly 'reference-missing': "warning";
    readonly 'reference-cycle': "warning";
    readonly 'variable-unset': "note";
    readonly 'merge-conflict': "warning";
    readonly 'invalid-value': "warning";
    readonly 'unsupported-construct': "note";
    readonly 'no-effect': "note";
    readonly 'not-evaluated': "note";
    readonly 'ambiguous-reference': "note";
    readonly 'environment-empty': "warning";
    readonly 'rule-defect': "error";
    readonly 'suppression-invalid': "warning";
    readonly 'left-out': "warning";
};
export type NoticeCode = keyof typeof NOTICES;
/** Something about the run, never about the security of what was read: skipped, unreadable, unresolved, guessed. */
export interface Notice {
    readonly code: NoticeCode;
    /** One sentence: what happened and what to do about it. */
    readonly message: string;
    readonly origin: Origin;
}
/** A notice about the place `origin`; `message` is one sentence, with what to do about it. */
export declare function notice(code: NoticeCode, message: string, origin: Origin): Notice;
