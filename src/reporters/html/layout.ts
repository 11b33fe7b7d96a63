/**
 * The layout of one band of the map: callers on the left, what runs on the right, the ways in between them in layers.
 * Items that lines join are a component; components are laid out by themselves and flow into columns as text does. All
 * of it takes time about in proportion to the number of items and lines.
 */
import { append, type Multimap } from '../../source/multimap.ts';

/** Something with a size, in pixels. */
export interface Item {
  readonly id: string;
  readonly height: number;
}

/** A line to an item; from the callers, whose rail stands at the left of every column, where `from` is null. */
export interface Line {
  readonly from: string | null;
  readonly to: string;
  /** Where it ends, from the upper edge of the item. */
  readonly port: number;
}

/** What is laid out. The order of boxes is kept as far as lines allow. */
export interface Band<L extends Line = Line> {
  readonly ways: readonly Item[];
  readonly boxes: readonly Item[];
  readonly lines: readonly L[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What came of it; everything is counted from the upper left corner. */
export interface Layout<L extends Line = Line> {
  readonly width: number;
  readonly height: number;
  /** The upper left corners, by id. */
  readonly places: ReadonlyMap<string, Point>;
  /** Each with the points that it passes, from left to right. */
  readonly wires: readonly { readonly line: L; readonly points: readonly Point[] }[];
  /** Where callers stand: one a column that has lines from them. */
  readonly rails: readonly { readonly x: number; readonly top: number; readonly bottom: number }[];
}

export const BOX = 276;
export const WAY = 150;
/** Between layers, so that lines have room to turn. */
const TURN = 36;
/** From the rail to the first layer. */
const RAIL = 26;
const COLUMN_GAP = 15;
const GAP = 12;
const LANE = 6;
/** No path has as many steps; more of them (a circle) share the last layer. */
const MOST_LAYERS = 8;
const SWEEPS = 3;

/** Lays a band out in as many columns as fit into `width`, at least one. */
export function layoutOf<L extends Line>(band: Band<L>, width: number): Layout<L> {
  const distance = distances(band);
  const layers = Math.max(0, ...new Set(distance.values()));
  const railed = band.lines.length > 0;
  const lead = railed ? RAIL : 0;
  const column = lead + layers * (WAY + TURN) + BOX;
  const x = (layer: number) => lead + (layers - layer) * (WAY + TURN);
  const components = componentsOf(band).map((one) => arranged(one, distance));

  const most = Math.max(1, Math.floor((width + COLUMN_GAP) / (column + COLUMN_GAP)));
  const columns = flow(components, most);
  const places = new Map<string, Point>();
  const wires: { line: L; points: Point[] }[] = [];
  const rails: { x: number; top: number; bottom: number }[] = [];
  columns.forEach((blocks, index) => {
    const left = index * (column + COLUMN_GAP);
    const starts: number[] = [];
    for (const { component, top } of blocks) {
      for (const [id, { layer, y }] of component.slots) places.set(id, { x: left + x(layer), y: top + y });
      for (const { line, via } of component.wires) {
        const points = via.flatMap(({ layer, y }) => [
          { x: left + x(layer), y: top + y },
          { x: left + x(layer) + WAY, y: top + y },
        ]);
        const end = component.slots.get(line.to) as Slot;
        const from = line.from === null ? null : (component.slots.get(line.from) as Slot);
        const target = { x: left + x(end.layer), y: top + end.y + line.port };
        const start = from
          ? { x: left + x(from.layer) + WAY, y: top + from.y + from.height / 2 }
          : { x: left, y: (points[0] ?? target).y };
        if (!from) starts.push(start.y);
        wires.push({ line, points: [start, ...points, target] });
      }
    }
    if (starts.length === 0) return;
    const [first, last] = bounds(starts);
    rails.push({ x: left, top: first, bottom: last });
  });
  const heights = columns.map((blocks) =>
    blocks.reduce((low, { component, top }) => Math.max(low, top + component.height), 0),
  );
  return {
    width: columns.length * (column + COLUMN_GAP) - COLUMN_GAP,
    height: Math.max(0, ...heights),
    places,
    wires,
    rails,
  };
}

/** How many steps an item is from the last one of its way at most; boxes are at zero. */
function distances({ boxes, ways, lines }: Band): ReadonlyMap<string, number> {
  const distance = new Map<string, number>([
    ...boxes.map(({ id }) => [id, 0] as const),
    ...ways.map(({ id }) => [id, 1] as const),
  ]);
  for (let round = 1; round < MOST_LAYERS; round++) {
    for (const { from, to } of lines) {
      if (from === null) continue;
      const least = Math.min(MOST_LAYERS, (distance.get(to) as number) + 1);
      if ((distance.get(from) as number) < least) distance.set(from, least);
    }
  }
  return distance;
}

/** The parts of a band that no line joins, in the order of their first boxes. */
function componentsOf<L extends Line>({ ways, boxes, lines }: Band<L>): readonly Band<L>[] {
  const parent = new Map<string, string>();
  const rootOf = (id: string): string => {
    let root = id;
    for (let next = parent.get(root); next !== undefined; next = parent.get(root)) root = next;
    for (let at = id; at !== root; ) {
      const next = parent.get(at) as string;
      parent.set(at, root);
      at = next;
    }
    return root;
  };
  for (const { from, to } of lines) {
    if (from === null) continue;
    const [a, b] = [rootOf(from), rootOf(to)];
    if (a !== b) parent.set(a, b);
  }
  const parts = new Map<string, { ways: Item[]; boxes: Item[]; lines: L[] }>();
  const partOf = (id: string) => {
    const root = rootOf(id);
    const part = parts.get(root) ?? { ways: [], boxes: [], lines: [] };
    parts.set(root, part);
    return part;
  };
  for (const box of boxes) partOf(box.id).boxes.push(box);
  for (const way of ways) partOf(way.id).ways.push(way);
  for (const line of lines) partOf(line.to).lines.push(line);
  return [...parts.values()];
}

interface Slot {
  readonly layer: number;
  y: number;
  readonly height: number;
}

interface Arranged<L extends Line> {
  readonly slots: ReadonlyMap<string, Slot>;
  /** Lines with the lanes in which they pass the layers between their ends. */
  readonly wires: readonly { readonly line: L; readonly via: readonly Slot[] }[];
  readonly height: number;
}

/** A step between neighbouring layers; `port` counts from the upper edge of `to`. */
interface Step {
  readonly from: Slot;
  readonly to: Slot;
  readonly port: number;
}

/** One component: what stands in each layer, in an order that has few lines cross, at heights that have them straight. */
function arranged<L extends Line>({ ways, boxes, lines }: Band<L>, distance: ReadonlyMap<string, number>): Arranged<L> {
  const last = 1 + [...boxes, ...ways].reduce((most, { id }) => Math.max(most, distance.get(id) as number), 0);
  const layers: Slot[][] = Array.from({ length: last }, () => []);
  const slot = (layer: number, height: number): Slot => {
    const made = { layer, y: 0, height };
    (layers[layer] as Slot[]).push(made);
    return made;
  };
  const slots = new Map([...boxes, ...ways].map(({ id, height }) => [id, slot(distance.get(id) as number, height)]));
  const steps: Step[] = [];
  const wires = lines.map((line) => {
    const end = slots.get(line.to) as Slot;
    const from = line.from === null ? null : (slots.get(line.from) as Slot);
    const via: Slot[] = [];
    let next: Step['to'] = end;
    let port = line.port;
    for (let layer = end.layer + 1; layer < (from?.layer ?? last); layer++) {
      const lane = slot(layer, 0);
      steps.push({ from: lane, to: next, port });
      via.unshift(lane);
      next = lane;
      port = 0;
    }
    if (from && from.layer > end.layer) steps.push({ from, to: next, port });
    return { line, via };
  });

  const right = grouped(steps, ({ from }) => from);
  const left = grouped(steps, ({ to }) => to);
  for (const layer of layers) stack(layer);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const layer of layers.slice(1))
      settle(layer, (one) => meanOf(right.get(one), ({ to, port }) => to.y + port - one.height / 2));
    for (const layer of layers.slice(0, -1).reverse()) {
      settle(layer, (one) => meanOf(left.get(one), ({ from, port }) => from.y + from.height / 2 - port));
    }
  }
  const all = layers.flat();
  const [top, bottom] = bounds(all.flatMap(({ y, height }) => [y, y + height]));
  for (const one of all) one.y -= top;
  return { slots, wires, height: bottom - top };
}

function stack(layer: readonly Slot[]): void {
  let y = 0;
  for (const one of layer) {
    one.y = y;
    y += one.height + gapBelow(one);
  }
}

function gapBelow({ height }: Slot): number {
  return height === 0 ? LANE : GAP;
}

/**
 * Puts the items of a layer as near as can be to where each would like to be (those without a wish stay), in the order of
 * these places and without overlap: neighbours that would overlap move together, to the mean of their wishes.
 */
function settle(layer: Slot[], wish: (one: Slot) => number | null): void {
  const wishes = new Map(layer.map((one) => [one, wish(one) ?? one.y]));
  layer.sort((a, b) => (wishes.get(a) as number) - (wishes.get(b) as number));
  const runs: { sum: number; count: number }[] = [];
  let offset = 0;
  const offsets = layer.map((one) => {
    const own = offset;
    offset += one.height + gapBelow(one);
    let run = { sum: (wishes.get(one) as number) - own, count: 1 };
    for (let before = runs.at(-1); before && before.sum / before.count >= run.sum / run.count; before = runs.at(-1)) {
      runs.pop();
      run = { sum: before.sum + run.sum, count: before.count + run.count };
    }
    runs.push(run);
    return own;
  });
  let index = 0;
  for (const { sum, count } of runs) {
    for (const end = index + count; index < end; index++) {
      (layer[index] as Slot).y = Math.round(sum / count) + (offsets[index] as number);
    }
  }
}

function grouped(steps: readonly Step[], keyOf: (step: Step) => Slot): Multimap<Slot, Step> {
  const groups: Multimap<Slot, Step> = new Map();
  for (const step of steps) append(groups, keyOf(step), step);
  return groups;
}

function meanOf(steps: readonly Step[] | undefined, wish: (step: Step) => number): number | null {
  if (!steps) return null;
  return steps.reduce((sum, step) => sum + wish(step), 0) / steps.length;
}

function bounds(values: readonly number[]): readonly [number, number] {
  return values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
}

/** Components one below the other, in at most `most` columns of about the same height. */
function flow<L extends Line>(components: readonly Arranged<L>[], most: number) {
  const total = components.reduce((sum, { height }) => sum + height + GAP, 0);
  const columns: { component: Arranged<L>; top: number }[][] = [[]];
  let done = 0;
  let top = 0;
  for (const component of components) {
    const size = component.height + GAP;
    // The end of this column, were all columns alike.
    const end = (total * columns.length) / most;
    if (top > 0 && columns.length < most && done + size / 2 > end) {
      columns.push([]);
      top = 0;
    }
    (columns.at(-1) as { component: Arranged<L>; top: number }[]).push({ component, top });
    top += size;
    done += size;
  }
  return columns;
}
