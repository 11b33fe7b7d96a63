/** Why a pattern is none that is read here: a phrase about the pattern. Nothing outside this folder sees it thrown. */
export class PatternFault extends Error {}
