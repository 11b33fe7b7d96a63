import type { Comment } from '../source/comment.ts';
import type { Notice } from '../source/notice.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { Span } from '../source/span.ts';
import type { Value } from '../source/value.ts';

/** One document of a file. A file may hold good documents beside bad ones: the bad ones are notices. */
export interface Document {
  /** Null for an empty document. */
  readonly root: Value | null;
  readonly span: Span;
}

/** What a parser makes of one file of data (YAML, JSON, dotenv). Parsers never throw, and read nothing else. */
export interface ParsedFile {
  readonly file: SourceFile;
  readonly documents: readonly Document[];
  readonly notices: readonly Notice[];
  /** The comments of the file; scanned for only when asked, since few runs want them. */
  comments(): readonly Comment[];
}
