/** The map of an environment as SVG: static, with links to what the page says of each listener. */
import { SOURCES } from '../path-drawing.ts';
import { plural } from '../scan-text.ts';
import type { Part } from './content.ts';
import { BOX, type Layout, layoutOf, type Point, WAY } from './layout.ts';
import { type Box, bandsOf, type MapBand, ROW, type Row, reachName, TITLE, type Way, type Wire } from './map.ts';
import { fitted, type Markup, markup, widthOf } from './markup.ts';

/** What fits on the screen of a laptop without zooming. */
const WIDTH = 1494;
const PADDING = 16;
const HEAD = 40;
const BAND_GAP = 18;

/** Draws an environment; `numberOf` gives each of its workloads the number that the rest of the page calls it by. */
export function mapOf(part: Part, numberOf: (workload: string) => number | undefined): Markup {
  const bands = bandsOf(part).map((band) => {
    const layout = layoutOf<Wire>(band, WIDTH);
    // The first half is bold and larger than the second.
    const title = widthOf(BANDS[band.reach]) * 15.5 + widthOf(countsOf(band)) * 12.5 + 14;
    return { band, layout, width: Math.ceil(Math.max(layout.width, title)) + 2 * PADDING };
  });
  const rows = shelves(bands, WIDTH + 2 * PADDING);
  const width = Math.max(0, ...rows.map((row) => row.reduce((sum, one) => sum + one.width + BAND_GAP, -BAND_GAP)));
  let top = 0;
  const drawn = rows.map((row) => {
    const height = Math.max(...row.map(({ layout }) => layout.height)) + HEAD + PADDING;
    let left = 0;
    const frames = row.map(({ band, layout, width: own }) => {
      // The last one of a row takes what is left.
      const frame = { left, top, width: band === row.at(-1)?.band ? width - left : own, height };
      left += own + BAND_GAP;
      return {
        frame: frameOf(band, frame),
        band: bandOf(band, layout, frame, `${part.anchor}.${band.reach}.`, numberOf),
      };
    });
    top += height + BAND_GAP;
    return frames;
  });
  return markup`<svg class="map" width="${width}" height="${top}" viewBox="0 0 ${width} ${top}" role="group" aria-label="Port map of ${part.environment.id}">${drawn.flat().map(({ frame }) => frame)}<g class="needs"/>${drawn.flat().map(({ band }) => band)}</svg>`;
}

/** Beside each other as long as they fit, as words in lines. */
function shelves<T extends { readonly width: number }>(items: readonly T[], width: number): readonly (readonly T[])[] {
  const rows: T[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const item of items) {
    if (used + item.width > width) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)?.push(item);
    used += item.width + BAND_GAP;
  }
  return rows;
}

interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const BANDS: Readonly<Record<MapBand['reach'], string>> = {
  ...(Object.fromEntries(
    Object.entries(SOURCES).map(([scope, words]) => [scope, `Reached from ${words}`]),
  ) as typeof SOURCES),
  neighbours: 'Reached by neighbours only',
  nobody: 'Listens, and nobody reaches it',
  silent: 'Does not listen',
};

/** `9 listeners on 5 workloads`. */
function countsOf({ boxes, reach }: MapBand): string {
  if (boxes.some(({ anchor }) => anchor !== null)) return plural(boxes.length, 'group');
  const listed = boxes.reduce((sum, { rows }) => sum + rows.filter((row) => row.reach === reach).length, 0);
  return [...(listed > 0 ? [plural(listed, 'listener')] : []), plural(boxes.length, 'workload')].join(' on ');
}

function frameOf({ reach }: MapBand, { left, top, width, height }: Frame): Markup {
  return markup`<g class="r-${reach}" transform="translate(${left} ${top})"><rect class="frame" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="10"/><rect class="stripe" x="0" y="10" width="4" height="${height - 20}" rx="2"/></g>
`;
}

function bandOf(
  band: MapBand,
  { places, wires, rails }: Layout<Wire>,
  { left, top }: Frame,
  prefix: string,
  numberOf: (workload: string) => number | undefined,
): Markup {
  const { reach, boxes, ways } = band;
  const number = new Map([...ways, ...boxes].map(({ id }, index) => [id, `${prefix}${index}`]));
  const at = (id: string) => places.get(id) as Point;
  return markup`<g class="band r-${reach}" transform="translate(${left} ${top})">
<text class="band-title" x="${PADDING}" y="25">${BANDS[reach]}<tspan class="dim" dx="10">${countsOf(band)}</tspan></text>
<g transform="translate(${PADDING} ${HEAD})">
${rails.map(({ x, top, bottom }) => markup`<rect class="rail" x="${x}" y="${top - 9}" width="6" height="${bottom - top + 18}" rx="3"/>`)}
${wires.map(({ line, points }) => {
  const to = line.port < TITLE ? '' : `:${Math.floor((line.port - TITLE) / ROW)}`;
  const from = line.from === null ? '' : (number.get(line.from) as string);
  return markup`<path class="wire${line.certain ? '' : ' possible'}" d="${curve(points)}" data-from="${from}" data-to="${number.get(line.to) as string}${to}"/>`;
})}
${ways.map((way) => wayOf(way, at(way.id), number.get(way.id) as string))}
${boxes.map((box) => boxOf(box, reach, at(box.id), number.get(box.id) as string, numberOf(box.id)))}
</g></g>
`;
}

/** Level at both ends of each stretch. */
function curve([first, ...rest]: readonly Point[]): string {
  let { x, y } = first as Point;
  let path = `M${x} ${y}`;
  for (const next of rest) {
    const middle = Math.round((x + next.x) / 2);
    path += y === next.y ? `H${next.x}` : `C${middle} ${y} ${middle} ${next.y} ${next.x} ${next.y}`;
    ({ x, y } = next);
  }
  return path;
}

function wayOf({ kind, name, height }: Way, { x, y }: Point, number: string): Markup {
  return markup`<g class="way" data-node="${number}" transform="translate(${x} ${y})"><title>${kind} ${name}</title><rect width="${WAY}" height="${height}" rx="${height / 2}"/><text class="kind" x="${WAY / 2}" y="15">${fitted(kind, 13)}</text><text class="name" x="${WAY / 2}" y="29">${fitted(name, 11)}</text></g>
`;
}

function boxOf(
  { anchor, title, aside, height, rows }: Box,
  reach: MapBand['reach'],
  { x, y }: Point,
  number: string,
  workload: number | undefined,
): Markup {
  const space = aside === '' ? 19 : 12;
  const content = markup`<title>${aside === '' ? title : `${title} (${aside})`}</title><rect class="body" width="${BOX}" height="${height}" rx="7"/>
<text class="title" x="12" y="19">${fitted(title, space)}</text>${aside !== '' && markup`<text class="aside" x="${BOX - 10}" y="19">${fitted(aside, 9)}</text>`}
${rows.map((row, index) => rowOf(row, reach, index, number))}`;
  const place = `translate(${x} ${y})`;
  return anchor === null
    ? markup`<g class="box" data-node="${number}" data-workload="${workload ?? ''}" transform="${place}">${content}</g>
`
    : markup`<a class="box group" href="#${anchor}" data-node="${number}" transform="${place}">${content}</a>
`;
}

function rowOf(row: Row, band: MapBand['reach'], index: number, number: string): Markup {
  const { anchor, port, label, reach, certain, severity, spoken } = row;
  const middle = TITLE + (index + 0.5) * ROW;
  // What the band says already is not said again.
  const apart = reach === band ? (certain ? null : 'perhaps') : reachName(row);
  const pill = apart === null ? null : tag(`pill r-${reach}`, apart, BOX - 10, middle);
  const chip = severity === null ? null : tag(`chip v-${severity}`, severity, pill ? pill.left - 4 : BOX - 10, middle);
  const start = port === '' ? 12 : 22 + port.length * 6.7;
  const space = (chip ?? pill)?.left ?? BOX - 10;
  const content = markup`<rect class="hit" x="3" y="${middle - ROW / 2}" width="${BOX - 6}" height="${ROW}" rx="4"/>
<circle class="pin r-${reach}" cx="0" cy="${middle}" r="4"/>${port !== '' && markup`<text class="port" x="12" y="${middle + 4}">${port}</text>`}
<text class="label" x="${start}" y="${middle + 4}">${fitted(label, (space - start - 8) / 12)}</text>${chip?.drawn}${pill?.drawn}`;
  return anchor === null
    ? content
    : markup`<a class="row" href="#${anchor}" data-node="${number}:${index}" aria-label="${spoken}">${content}</a>`;
}

/** A word in a frame whose right edge is at `right`. */
function tag(
  style: string,
  word: string,
  right: number,
  middle: number,
): { readonly left: number; readonly drawn: Markup } {
  const width = Math.ceil(widthOf(word) * 10 + 12);
  const left = right - width;
  return {
    left,
    drawn: markup`<g class="${style}"><rect x="${left}" y="${middle - 7.5}" width="${width}" height="15" rx="4"/><text x="${left + width / 2}" y="${middle + 3.5}">${word}</text></g>`,
  };
}
