/**
 * Dockerfiles. dockerfile-ast says where each instruction begins and ends, here-documents included; the words are read
 * here, because its own reading of JSON strings, of escapes other than the backslash and of variables is not the builder's.
 */
import { DockerfileParser } from 'dockerfile-ast';
import { lineIndex } from '../../source/line-index.ts';
import { type Notice, notice } from '../../source/notice.ts';
import type { Placing } from '../../source/scalar-origin.ts';
import { commentsOf, type Extent } from './comments.ts';
import { joinLines, type LineSource } from './line.ts';
import type { Dockerfile, Flag, Instruction, Line } from './syntax.ts';

export type { Dockerfile, Instruction, Line, SourceWord } from './syntax.ts';
export { argumentPairs, environmentPairs, execForm, type Pair, wordsOf } from './words.ts';

/**
 * Takes the text of the Dockerfile at `file` apart. Never throws: what cannot be read is a `syntax-error` notice. `place`
 * tells where a stretch of the text stands, where the text is only a part of the file.
 */
export function parseDockerfile(
  file: string,
  text: string,
  place: Placing = (start, end) => ({ file, start, end }),
): Dockerfile {
  const lines = lineIndex(text);
  const header = directiveLines(text);
  const notices: Notice[] = [];
  const extents: Extent[] = [];
  let source: LineSource = { place, text, lines, escape: '\\' };
  try {
    const syntax = DockerfileParser.parse(withoutComments(source, header));
    source = { ...source, escape: syntax.getEscapeCharacter() };
    for (const found of syntax.getInstructions()) {
      const range = found.getRange();
      const start = lines.start(range.start.line + 1) + range.start.character;
      const end = lines.start(range.end.line + 1) + range.end.character;
      const joined = joinLines(source, start, end);
      extents.push({ instruction: instructionOf(joined.line), start, head: joined.end, end });
    }
  } catch {
    const message = 'This Dockerfile cannot be taken apart, so nothing of it is analysed; check its syntax.';
    notices.push(notice('syntax-error', message, place(0, 0)));
  }
  return {
    file,
    origin: place(0, 0),
    escape: source.escape === '`' ? '`' : '\\',
    instructions: extents.map((extent) => extent.instruction),
    notices,
    comments: () => commentsOf(source, extents, header),
  };
}

/** How many lines at the top are parser directives: `# escape=`, `# syntax=`. */
function directiveLines(text: string): number {
  const lines = lineIndex(text);
  let count = 0;
  while (count < lines.lines && /^[ \t]*#[ \t]*[A-Za-z][A-Za-z0-9]*[ \t]*=[ \t]*\S/.test(lines.line(count + 1)))
    count++;
  return count;
}

/**
 * The text with every line of comment blanked, offsets unchanged: dockerfile-ast sorts comments into stages in the
 * product of their numbers, which a hostile file makes minutes of. For the builder, too, such lines are not there.
 */
function withoutComments(source: LineSource, header: number): string {
  const body = source.lines.start(header + 1);
  return (
    source.text.slice(0, body) +
    source.text.slice(body).replace(/^[ \t]*#[^\r\n]*/gm, (comment) => ' '.repeat(comment.length))
  );
}

function instructionOf(line: Line): Instruction {
  const begin = line.text.search(/\S/);
  const keyword = /\S*/.exec(line.text.slice(Math.max(begin, 0)))?.[0] ?? '';
  const { flags, end } = flagsOf(line, Math.max(begin, 0) + keyword.length);
  const rest = line.from(end);
  const name = keyword.toUpperCase();
  const holdsBack = name === 'ONBUILD' && /\S/.test(rest.text) && !/^\s*onbuild\b/i.test(rest.text);
  return {
    keyword: name,
    flags,
    rest,
    trigger: holdsBack ? instructionOf(rest) : null,
    origin: line.origin(Math.max(begin, 0), line.text.trimEnd().length),
  };
}

/** The flags that stand from `start` on, and the offset behind them. */
function flagsOf(line: Line, start: number): { readonly flags: readonly Flag[]; readonly end: number } {
  const flags: Flag[] = [];
  const flag = /[ \t]+--([A-Za-z][\w-]*)(?:=(\S*))?(?=\s|$)/y;
  let end = start;
  for (;;) {
    flag.lastIndex = end;
    const found = flag.exec(line.text);
    if (found === null) return { flags, end };
    const [all, name, value] = found;
    end += all.length;
    const from = end - all.trimStart().length;
    flags.push({ name: (name as string).toLowerCase(), value: value ?? '', origin: line.origin(from, end) });
  }
}
