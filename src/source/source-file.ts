/** The formats that a parser exists for. */
export type Format = 'yaml' | 'json' | 'dockerfile' | 'dotenv';

export interface SourceFile {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly format: Format;
  /** Decoded, without a byte order mark; line ends as they stand in the file. */
  readonly text: string;
}
