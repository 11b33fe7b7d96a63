import type { Result } from './result.ts';
/** What reading a path gave. `missing` and `refused` are answers, not errors: the one who asked says what they mean. */
export type Reading = {
    readonly kind: 'text';
    readonly text: string;
    /** Where the first bytes stood that are not valid in the file's encoding; they read as U+FFFD. */
    readonly lossyAt?: number;
} | {
    readonly kind: 'missing';
} | {
    readonly kind: 'refused';
    readonly because: 'outside-root' | 'link-not-followed' | 'file-too-large' | 'file-binary' | 'file-unreadable';
};
/**
 * The only door to what is scanned: a folder, a git revision, or memory. Paths are relative to the root, with `/`.
 * Nothing outside the root is read, whatever path is asked for.
 */
export interface Tree {
    /** The files that .gitignore leaves, sorted by code units. */
    list(): Result<readonly string[]>;
    /** A file that the tree lists or that another file names, ignored or not; decoded (UTF-8, UTF-16 by its mark). */
    read(path: string): Reading;
    /** The files that stand directly in a folder, ignored or not, as paths sorted by code units; none where it cannot be read. */
    folder(path: string): readonly string[];
}
/** A tree in memory: rule examples, standard input, tests. */
export declare function memoryTree(files: Readonly<Record<string, string>>): Tree;
