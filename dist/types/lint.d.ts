import type { Catalogue } from './graph/catalogue.ts';
import type { ExposureGraph } from './graph/exposure-graph.ts';
import type { Assumptions } from './graph/vocabulary.ts';
import type { Lines, ReadCoverage, Report, RuleInfo } from './policy/finding.ts';
import { type Policy } from './policy/judge.ts';
import type { WaiverUse } from './policy/waiver.ts';
import type { Comment } from './source/comment.ts';
import type { Notice } from './source/notice.ts';
import type { Tree } from './source/tree.ts';
/** What is known before any code is read. */
export interface Knowledge {
    readonly catalogue: Catalogue;
    readonly assume: Assumptions;
    /** Files of variables that every root module of Terraform is given, relative to the root of the tree. */
    readonly variableFiles?: readonly string[];
}
/** What the code says, before anybody judges it. */
export interface Analysis {
    readonly graph: ExposureGraph;
    /** Sorted by place. */
    readonly notices: readonly Notice[];
    readonly coverage: ReadCoverage;
    readonly lines: Lines;
    /** The comments of the files that facts come from, as far as the text of a file passes `worth`. */
    readonly comments: (worth: (text: string) => boolean) => Promise<readonly Comment[]>;
}
/** Told what begins, so that a person who waits knows what takes so long. */
export type Stage = (name: string) => void;
/** Reads a tree and builds its graph: files → units → fragments → graph. */
export declare function analyse(tree: Tree, knowledge: Knowledge, stage?: Stage): Promise<Analysis>;
/** Judges what the code says: rules over the graph, less what comments in the code accept. */
export declare function judge(analysis: Analysis, policy: Policy, infos: readonly RuleInfo[]): Promise<Report & {
    readonly waivers: readonly WaiverUse[];
}>;
