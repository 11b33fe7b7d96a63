/** The formats that a parser exists for. */
export type Format = 'yaml' | 'json' | 'dockerfile' | 'dotenv' | 'hcl' | 'hcl-json';

/** A file with its text, as a parser takes it. */
export interface SourceFile {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly format: Format;
  /** Decoded, without a byte order mark; line ends as they stand in the file. */
  readonly text: string;
}
