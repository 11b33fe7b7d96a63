import { notice } from '../../source/notice.ts';
import type { SourceFile } from '../../source/source-file.ts';
import type { Document, ParsedFile } from '../document.ts';
import { type FileNotices, tell } from '../file-notices.ts';
import { buildRoot } from './build.ts';
import { type FileBuild, startBuild } from './build-state.ts';
import { scanComments } from './comments.ts';
import { type DocumentRead, readDocument } from './read.ts';
import { type Chunk, MAX_DOCUMENTS, splitDocuments } from './split.ts';
import { helmTemplate, type Template, templateOf } from './template.ts';

/**
 * A YAML or JSON file as positioned trees, one a document. Never throws: a document that cannot be read is a notice with
 * its place, and the others of the file stay. A template (`inChart` says that the file lies among those of a Helm chart)
 * is left to the program that fills it in: one notice, no documents.
 */
export function parseYaml(file: SourceFile, inChart = false): ParsedFile {
  const action = inChart ? file.text.indexOf('{{') : -1;
  return action === -1 ? parse(file, true) : template(file, helmTemplate(action));
}

/** The same of a file that is no template whatever stands in it: what one has become, or the values for one. */
export function parseData(file: SourceFile): ParsedFile {
  return parse(file, false);
}

function parse(file: SourceFile, mayBeTemplate: boolean): ParsedFile {
  const build = startBuild(file);
  const documents: Document[] = [];
  const chunks = splitDocuments(file.text);
  for (const chunk of chunks) {
    const source = file.text.slice(chunk.start, chunk.end);
    const reading = readDocument(source);
    if (reading.kind === 'failed') {
      const found = mayBeTemplate ? templateOf(source) : undefined;
      if (found) return template(file, { ...found, offset: chunk.start + found.offset });
      tellFailure(build.notices, file, chunk, reading);
    } else if (reading.events.length > 0) {
      documents.push(readRoot(build, source, chunk, reading));
    }
  }
  const read = chunks.at(-1)?.end ?? 0;
  if (read < file.text.length) tell(build.notices, 'file-too-large', TOO_MANY, place(file.path, read));
  if (documents.length === 0 && build.notices.list.length === 0) documents.push(emptyDocument(file));
  if (mayBeTemplate && build.templateAt !== null) return template(file, helmTemplate(build.templateAt));
  return { file, documents, notices: build.notices.list, comments: () => scanComments(file) };
}

const TOO_MANY = `This file holds more than ${MAX_DOCUMENTS} documents; those from here on are not analysed. Split it.`;

function readRoot(
  build: FileBuild,
  source: string,
  chunk: Chunk,
  { events, lenientAt }: Extract<DocumentRead, { kind: 'events' }>,
): Document {
  if (lenientAt !== null) {
    const message = 'This is indented less than YAML 1.2 asks for; it is read as kubectl and Compose read it.';
    tell(build.notices, 'lenient-syntax', message, place(build.file, chunk.start + lenientAt));
  }
  const root = buildRoot(build, source, chunk.start, events, lenientAt === null);
  return { root, span: { file: build.file, start: chunk.start, end: chunk.end } };
}

function emptyDocument(file: SourceFile): Document {
  return { root: null, span: { file: file.path, start: 0, end: file.text.length } };
}

function tellFailure(
  notices: FileNotices,
  file: SourceFile,
  chunk: Chunk,
  { reason, at, tooDeep }: Extract<DocumentRead, { kind: 'failed' }>,
): void {
  const origin = place(file.path, chunk.start + at);
  const format = file.format === 'json' ? 'JSON' : 'YAML';
  if (tooDeep)
    tell(notices, 'depth-limit', 'This document is nested deeper than any real one; it is not analysed.', origin);
  else tell(notices, 'syntax-error', `This document is not valid ${format}: ${reason}. It is not analysed.`, origin);
}

function template(file: SourceFile, { code, message, offset }: Template): ParsedFile {
  return { file, documents: [], notices: [notice(code, message, place(file.path, offset))], comments: () => [] };
}

function place(file: string, offset: number) {
  return { file, start: offset, end: offset };
}
