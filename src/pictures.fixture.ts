/** Pictures of the documentation as SVG, made from what the program writes: none is older than the program. */
import type { Location, Result } from 'sarif';
import { coloured } from './reporters/style.ts';

/** Of a cell, in pixels. */
const CELL = { width: 8.4, height: 19 };
const MARGIN = 18;

interface Look {
  readonly bold: boolean;
  readonly dim: boolean;
  readonly colour: string;
}

interface Run {
  readonly column: number;
  readonly text: string;
  readonly look: Look;
}

const PLAIN: Look = { bold: false, dim: false, colour: '#e6edf3' };

/** What each select-graphic-rendition code of the program (reporters/style.ts) changes. */
const CODES: Readonly<Record<string, Partial<Look>>> = {
  1: { bold: true },
  2: { dim: true },
  22: { bold: false, dim: false },
  31: { colour: '#ff7b72' },
  32: { colour: '#7ee787' },
  33: { colour: '#e3b341' },
  34: { colour: '#79c0ff' },
  35: { colour: '#f778ba' },
  36: { colour: '#76e3ea' },
  39: { colour: PLAIN.colour },
};

/**
 * The picture of a text with the colours of the program (reporters/style.ts).
 *
 * @param output throws on any other control character
 */
export function pictureOf(title: string, output: string): string {
  const lines = output.trimEnd().split('\n').map(runsOf);
  const columns = Math.max(...lines.flatMap((runs) => runs.map(({ column, text }) => column + text.length)));
  const width = Math.ceil(columns * CELL.width + 2 * MARGIN);
  const height = lines.length * CELL.height + 2 * MARGIN;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" rx="10" fill="#0d1117"/>`,
    '<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono, monospace" font-size="14">',
    ...lines.flatMap((runs, row) => runs.map((run) => textOf(run, row))),
    '</g>',
    '</svg>',
  ].join('\n')}\n`;
}

/** A terminal in which a command has printed something. */
export function terminal(command: string, output: string): string {
  return `${coloured('green', '$')} ${coloured('bold', command)}\n${output}`;
}

/** All that an editor reads of a result, in the order in which the SARIF viewer of VS Code shows it. */
export function listing(result: Result, source: (file: string) => readonly string[]): string {
  const [place] = result.locations ?? [];
  const { uri = '', startLine = 0, startColumn = 0, endColumn = 0 } = placeOf(place);
  const number = String(startLine);
  const steps = result.codeFlows?.[0]?.threadFlows[0]?.locations.map(({ location }) => location) ?? [];
  const fixes = (result.fixes ?? []).flatMap(({ description, artifactChanges }) => [
    `  ${description?.text}`,
    ...artifactChanges.flatMap(({ replacements }) =>
      replacements.flatMap(({ deletedRegion, insertedContent }) => {
        const line = source(uri)[(deletedRegion.startLine ?? 0) - 1] ?? '';
        const before = line.slice(0, (deletedRegion.startColumn ?? 1) - 1);
        const after = line.slice((deletedRegion.endColumn ?? 1) - 1);
        return [
          coloured('red', `  - ${line.trim()}`),
          coloured('green', `  + ${`${before}${insertedContent?.text ?? ''}${after}`.trim()}`),
        ];
      }),
    ),
  ]);
  return [
    coloured('cyan', uri),
    `${coloured('dim', `${number} │ `)}${source(uri)[startLine - 1]}`,
    `${coloured('dim', `${number.replaceAll(/./g, ' ')} │ `)}${' '.repeat(startColumn - 1)}${coloured('red', '~'.repeat(endColumn - startColumn))}`,
    '',
    `${coloured('red', result.level ?? '')}  ${coloured('bold', result.ruleId ?? '')}`,
    ...folded(result.message.text ?? '').map((line) =>
      line.replaceAll(/\[([^\]]*)\]\(\d+\)/g, (_, text: string) => coloured('blue', text)),
    ),
    '',
    coloured('bold', 'Analysis Steps'),
    ...steps.map((step, index) => {
      const { uri: file, startLine: line, startColumn: column } = placeOf(step);
      return `  ${index + 1}  ${(step?.message?.text ?? '').padEnd(62)}${coloured('cyan', `${file}  ${line}:${column}`)}`;
    }),
    '',
    coloured('bold', 'Quick Fix'),
    ...fixes,
    '',
    coloured('bold', 'Info'),
    ...Object.entries(result.properties ?? {}).map(([key, value]) => `  ${key.padEnd(14)}${[value].flat().join(', ')}`),
  ].join('\n');
}

function placeOf(location: Location | undefined) {
  const { artifactLocation, region } = location?.physicalLocation ?? {};
  return { uri: artifactLocation?.uri, ...region };
}

function folded(text: string): readonly string[] {
  return text.match(/\S.{0,96}(?=\s|$)/g) ?? [];
}

/** The stretches of a line that look alike, without those that are blank. */
function runsOf(line: string): readonly Run[] {
  const runs: Run[] = [];
  let column = 0;
  let look = PLAIN;
  line.split(/\u001b\[(\d+)m/).forEach((part, index) => {
    if (index % 2 === 1) {
      look = { ...look, ...CODES[part] };
      return;
    }
    if (/[\u0000-\u001f]/.test(part)) throw new Error(`a control character in ${JSON.stringify(part)}`);
    // Blanks would be one: what stands behind several is a run of its own.
    for (const { 0: text, index: at } of part.matchAll(/\S+(?: \S+)*/g)) runs.push({ column: column + at, text, look });
    column += part.length;
  });
  return runs;
}

/** Each run is as wide as its cells, whatever the font. */
function textOf({ column, text, look }: Run, row: number): string {
  const x = round(MARGIN + column * CELL.width);
  const y = MARGIN + (row + 1) * CELL.height - 5;
  const more = `${look.bold ? ' font-weight="bold"' : ''}${look.dim ? ' opacity="0.6"' : ''}`;
  const length = round(text.length * CELL.width);
  return `<text x="${x}" y="${y}" textLength="${length}" lengthAdjust="spacingAndGlyphs" fill="${look.colour}"${more}>${escaped(text)}</text>`;
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
