// Lets the engine compile the functions that a usual scan calls at once with their file. Left to itself it reads over the
// body of each function when it loads a file, and reads it again when the function is first called; what is written as
// `(function …)` it takes for a function that is called soon, and compiles it the first time.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A tree with some of everything: Compose, Dockerfiles, Kubernetes, a configuration, findings of many rules. */
const EXAMPLE = join(dirname(fileURLToPath(import.meta.url)), '..', 'testdata', 'example');

/** Rewrites the chunks of the bundle in `outdir`: the functions of each that a scan of the example calls come first. */
export function compileAtOnce(outdir) {
  const chunks = join(outdir, 'chunks');
  for (const { url, functions } of coverage(join(outdir, 'portolan.js'))) {
    const path = url.startsWith('file:') ? fileURLToPath(url) : '';
    if (dirname(path) === chunks) writeFileSync(path, calledFirst(readFileSync(path, 'utf8'), functions));
  }
}

/** What the engine says of each module of `program`: which functions it has, by offsets, and how often each was called. */
function coverage(program) {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-calls-'));
  try {
    execFileSync(
      process.execPath,
      [program, 'scan', '--fail-on', 'never', '--at', '2026-01-01T00:00:00Z', '--root', EXAMPLE, EXAMPLE],
      {
        env: { NODE_V8_COVERAGE: folder },
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    return readdirSync(folder).flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')).result);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Declarations are there before the module runs: so are these, since they become its first statement. */
const DECLARATION = /(?<=[;}\n])((?:async )?function\*?) ?([\w$]+)(?=\()/y;

function calledFirst(text, functions) {
  const first = [];
  const rest = [];
  let kept = 0;
  let end = 0;
  const spans = functions
    .map(({ ranges: [whole] }) => whole)
    .filter((whole) => whole.endOffset - whole.startOffset < text.length);
  for (const { startOffset, endOffset, count } of spans.sort((a, b) => a.startOffset - b.startOffset)) {
    if (startOffset < end) continue;
    end = endOffset;
    DECLARATION.lastIndex = startOffset;
    const written = DECLARATION.exec(text);
    if (count === 0 || !written) continue;
    const [{ length }, keyword, name] = written;
    first.push(`${name}=(${keyword}${text.slice(startOffset + length, endOffset)})`);
    rest.push(text.slice(kept, startOffset));
    kept = endOffset;
  }
  return first.length === 0 ? text : `var ${first.join(',')};${rest.join('')}${text.slice(kept)}`;
}
