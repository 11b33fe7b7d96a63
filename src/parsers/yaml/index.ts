import { parseEvents, YAMLException } from 'js-yaml';
import { type Notice, notice } from '../../source/notice.ts';
import type { SourceFile } from '../../source/source-file.ts';
import type { Document, ParsedFile } from '../document.ts';
import { EXPANSION_BUDGET } from './alias.ts';
import { buildRoot, type FileBuild } from './build.ts';
import { splitDocuments } from './split.ts';

/** A YAML or JSON file as positioned trees, one a document. Never throws: what cannot be read becomes a notice. */
export function parseYaml(file: SourceFile): ParsedFile {
  const notices: Notice[] = [];
  const build: FileBuild = {
    file: file.path,
    text: file.text,
    notices,
    expansion: { budget: EXPANSION_BUDGET, exceeded: null },
    repeatedKeys: 0,
    templated: false,
  };
  const documents: Document[] = [];
  for (const chunk of splitDocuments(file.text)) {
    const source = file.text.slice(chunk.start, chunk.end);
    try {
      const events = parseEvents(source, {});
      if (events.length === 0) continue;
      const root = buildRoot(build, source, chunk.start, events, true);
      documents.push({ root, span: { file: file.path, start: chunk.start, end: chunk.end } });
    } catch (error) {
      const at = chunk.start + (error instanceof YAMLException ? (error.mark?.position ?? 0) : 0);
      const reason = error instanceof YAMLException ? error.reason : 'it cannot be read';
      notices.push(
        notice('syntax-error', `This document is not valid YAML: ${reason}.`, { file: file.path, start: at, end: at }),
      );
    }
  }
  if (documents.length === 0 && notices.length === 0) {
    documents.push({ root: null, span: { file: file.path, start: 0, end: file.text.length } });
  }
  return { file, documents, notices, comments: () => [] };
}
