import type { Tree } from './tree.ts';
/**
 * The tree of a folder on disk. The folder is walked once, when first listed; files are read as they are asked for.
 * Nothing outside `root` is read, neither by `..` nor through a symbolic link. Throws where `root` does not exist.
 */
export declare function diskTree(root: string): Tree;
