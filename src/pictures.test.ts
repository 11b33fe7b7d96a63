/** The pictures of docs/pictures/: `npm run test:update` draws them anew. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Log, Result } from 'sarif';
import { describe, expect, test } from 'vitest';
import { main } from './cli/main.ts';
import { listing, pictureOf, terminal } from './pictures.fixture.ts';

const EXAMPLE = fileURLToPath(new URL('../testdata/example/', import.meta.url));
const DOCS = new URL('../docs/', import.meta.url);

/** What a terminal of 100 columns gets. */
async function outputOf(command: string): Promise<string> {
  const written: string[] = [];
  const stdout = { isTTY: true, columns: 100, write: (text: string) => void written.push(text) };
  const stderr = { isTTY: false, write: () => {} };
  const surroundings = { cwd: EXAMPLE, env: {}, stdin: () => '', now: () => Date.UTC(2026, 0, 1) };
  await main(command.split(' ').slice(1), { stdout, stderr, ...surroundings });
  return written.join('');
}

const PICTURES: Readonly<Record<string, () => Promise<string>>> = {
  'scan.svg': async () => {
    const command = 'portolan scan --rule debug-port --rule data-store-exposed';
    return pictureOf(command, terminal(command, await outputOf(command)));
  },
  'result.svg': async () => {
    const { runs } = JSON.parse(await outputOf('portolan scan --format sarif --sarif-root .')) as Log;
    const result = runs[0]?.results?.find(({ fixes, codeFlows }) => fixes && codeFlows) as Result;
    return pictureOf('What an editor reads of a result', listing(result, linesOf));
  },
};

function linesOf(file: string): readonly string[] {
  return readFileSync(`${EXAMPLE}${file}`, 'utf8').split('\n');
}

test.each(Object.keys(PICTURES))('%s', async (name) => {
  await expect(await PICTURES[name]?.()).toMatchFileSnapshot(`../docs/pictures/${name}`);
});

test('every picture is shown somewhere, and no other stands there', () => {
  const pages = [new URL('../README.md', import.meta.url), ...pagesIn(DOCS)].map((url) => readFileSync(url, 'utf8'));
  const pictures = readdirSync(new URL('pictures/', DOCS));
  expect(pictures.sort()).toEqual(Object.keys(PICTURES).sort());
  expect(pictures.filter((name) => !pages.some((page) => page.includes(`pictures/${name})`)))).toEqual([]);
});

function pagesIn(folder: URL): readonly URL[] {
  return readdirSync(folder).flatMap((name) => (name.endsWith('.md') ? [new URL(name, folder)] : []));
}

describe('a picture', () => {
  const texts = (svg: string) => [...svg.matchAll(/<text [^>]*>(.*?)<\/text>/g)].map(([, text]) => text);

  test('has every stretch of text at its column', () => {
    const svg = pictureOf('a', '  one \u001b[31mtwo\u001b[39m\n\n\u001b[2m3  4 5\u001b[22m');
    expect(texts(svg)).toEqual(['one', 'two', '3', '4 5']);
    const [one, two, three, four] = svg.split('\n').filter((line) => line.startsWith('<text'));
    expect(one).toMatch(/x="34\.8" y="32" textLength="25\.2"/);
    expect(two).toMatch(/x="68\.4" y="32" .*fill="#ff7b72"/);
    expect(three).toMatch(/x="18" y="70" .*opacity="0\.6"/);
    expect(four).toMatch(/x="43\.2" y="70" /);
  });

  test('holds no markup but its own', () => {
    const svg = pictureOf('<a>', '<script>alert("1") && 2</script>');
    expect(svg).toContain('<title>&lt;a&gt;</title>');
    expect(texts(svg)).toEqual(['&lt;script&gt;alert(&quot;1&quot;) &amp;&amp; 2&lt;/script&gt;']);
    expect(() => pictureOf('a', '\u001b]8;;https://example.org\u0007')).toThrow('control character');
  });
});
