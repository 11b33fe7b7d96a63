/** The public interface: what other programs import. */
export { type Analysis, analyse, judge, type Knowledge } from './lint.ts';
export { diskTree } from './source/disk-tree.ts';
export { memoryTree, type Tree } from './source/tree.ts';
