import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Band, BOX, type Layout, layoutOf, WAY } from './layout.ts';

const WIDTH = 1500;

/** Any band, also ones that no graph makes: ways in a circle, ways that lead nowhere. */
const bands: fc.Arbitrary<Band> = fc
  .record({
    ways: fc.array(fc.integer({ min: 20, max: 60 }), { maxLength: 12 }),
    boxes: fc.array(fc.integer({ min: 30, max: 200 }), { minLength: 1, maxLength: 12 }),
    ends: fc.array(fc.tuple(fc.nat(24), fc.nat(23)), { maxLength: 30 }),
  })
  .map(({ ways, boxes, ends }) => {
    const items = {
      ways: ways.map((height, index) => ({ id: `way ${index}`, height })),
      boxes: boxes.map((height, index) => ({ id: `box ${index}`, height })),
    };
    const all = [...items.ways, ...items.boxes];
    const lines = ends.map(([from, to]) => {
      const target = all[to % all.length] as (typeof all)[number];
      return { from: items.ways[from]?.id ?? null, to: target.id, port: target.height / 2 };
    });
    return { ...items, lines };
  });

function rectangles({ ways, boxes }: Band, { places }: Layout) {
  const sized = [...ways.map((item) => ({ ...item, width: WAY })), ...boxes.map((item) => ({ ...item, width: BOX }))];
  return sized.map(({ id, width, height }) => {
    const { x, y } = places.get(id) ?? { x: Number.NaN, y: Number.NaN };
    return { id, left: x, right: x + width, top: y, bottom: y + height };
  });
}

describe('a layout', () => {
  test('puts nothing over anything else, and all of it inside', () => {
    fc.assert(
      fc.property(bands, (band) => {
        const layout = layoutOf(band, WIDTH);
        const all = rectangles(band, layout);
        for (const one of all) {
          expect(one.left).toBeGreaterThanOrEqual(0);
          expect(one.top).toBeGreaterThanOrEqual(0);
          expect(one.right).toBeLessThanOrEqual(layout.width);
          expect(one.bottom).toBeLessThanOrEqual(layout.height);
        }
        const overlapping = all.flatMap((a, index) =>
          all
            .slice(index + 1)
            .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
            .map((b) => `${a.id} ${b.id}`),
        );
        expect(overlapping).toEqual([]);
      }),
    );
  });

  test('draws every line to where it ends, and is the same every time', () => {
    fc.assert(
      fc.property(bands, (band) => {
        const layout = layoutOf(band, WIDTH);
        expect(layout.wires).toHaveLength(band.lines.length);
        for (const { line, points } of layout.wires) {
          const place = layout.places.get(line.to);
          expect(points.at(-1)).toEqual({ x: place?.x, y: (place?.y as number) + line.port });
        }
        expect(layoutOf(band, WIDTH)).toEqual(layout);
      }),
    );
  });

  test('goes from the callers on the left to what listens on the right', () => {
    const items = (...ids: string[]) => ids.map((id) => ({ id, height: 40 }));
    const lines = [
      { from: null, to: 'ingress', port: 20 },
      { from: 'ingress', to: 'service', port: 20 },
      { from: 'service', to: 'web', port: 30 },
      { from: null, to: 'balancer', port: 20 },
      { from: 'balancer', to: 'web', port: 30 },
    ];
    const band = { ways: items('ingress', 'service', 'balancer'), boxes: items('web', 'other'), lines };
    const { places, rails, wires } = layoutOf(band, WIDTH);
    const x = (id: string) => places.get(id)?.x as number;
    expect(x('ingress')).toBeLessThan(x('service'));
    expect(x('balancer')).toBe(x('service'));
    expect(x('service')).toBeLessThan(x('web'));
    expect(rails).toHaveLength(1);
    // The line to the balancer keeps clear of the ingress, which stands a layer before it.
    const passing = wires.find(({ line }) => line.to === 'balancer')?.points.slice(1, -1) ?? [];
    const top = places.get('ingress')?.y as number;
    expect(passing).toHaveLength(2);
    for (const { y } of passing) expect(y < top || y > top + 40).toBe(true);
  });

  test('keeps the order where no line asks for another, in columns of about the same height', () => {
    const boxes = Array.from({ length: 50 }, (_, index) => ({ id: String(index), height: 40 }));
    const { places, width } = layoutOf({ ways: [], boxes, lines: [] }, WIDTH);
    const order = [...places].sort(([, a], [, b]) => a.x - b.x || a.y - b.y).map(([id]) => Number(id));
    expect(order).toEqual(boxes.map((_, index) => index));
    expect(width).toBe(5 * BOX + 4 * 15);
    expect(new Set([...places.values()].map(({ x }) => x)).size).toBe(5);
  });

  // Were it quadratic in anything, it would not end in time.
  test('takes tens of thousands of items behind one door', { timeout: 10_000 }, () => {
    const boxes = Array.from({ length: 40_000 }, (_, index) => ({ id: `box ${index}`, height: 56 }));
    const ways = [{ id: 'door', height: 38 }, ...boxes.map(({ id }) => ({ id: `way to ${id}`, height: 38 }))];
    const lines = [
      { from: null, to: 'door', port: 19 },
      ...boxes.flatMap(({ id }) => [
        { from: 'door', to: `way to ${id}`, port: 19 },
        { from: `way to ${id}`, to: id, port: 38 },
      ]),
    ];
    expect(layoutOf({ ways, boxes, lines }, WIDTH).places.size).toBe(boxes.length + ways.length);
  });
});
