/** Selectors as sets of classes (R1, R7, R8, R19), each worked out once. */
import type { Selector } from '../fragment.ts';
import { type BitSpace, type Bits, bitSpace, type KnownBits, knownBounds, numbersOf, overlap } from './bits.ts';
import type { KnownClasses } from './guarded-classes.ts';
import { labelIndex } from './label-index.ts';
import { labelsIn } from './labels.ts';
import type { Bounds, Labelled, RelationInput } from './relation.ts';
import { selectorKey } from './selector-key.ts';

/** The classes that a selector picks, but for those with the network of their machine (R15, R27). */
export type Selecting = (selector: Selector) => Bounds<KnownBits>;

/** @param labelsOf the labels of a namespace */
export function selecting(space: BitSpace, classes: KnownClasses, labelsOf: (name: string) => Labelled): Selecting {
  const names = [...classes.stretch.keys()].filter((name) => name !== null);
  const namespaces = bitSpace(names.length);
  const meetingNamespace = labelIndex(namespaces, names.map(labelsOf), classes.namespaceKeys);
  const labelled = classes.all.map(({ sample }) => ({ labels: sample.fact.labels, open: false }));
  const meeting = labelIndex(space, labelled, classes.keys);
  const apart = space.of(classes.all.flatMap((each) => (each.machine === null ? [] : [each.class.index])));
  const guarded = space.subtract(space.all, apart);
  const pickable: Bounds<Bits> = { must: guarded, may: guarded };
  const stretchOf = (namespace: string | null) => classes.stretch.get(namespace) ?? [0, 0];
  const inNamespaces = (bits: Bits): Bits =>
    space.union([...numbersOf(bits)].map((number) => space.range(...stretchOf(names[number] as string))));

  const byText = new Map<string, Bounds<KnownBits>>();
  const select = ({ namespace, namespaces: asked, requirements }: Selector): Bounds<Bits> => {
    if (asked === undefined) return meeting(requirements, ...stretchOf(namespace));
    const { must, may } = meetingNamespace(asked, 0, names.length);
    const sure = inNamespaces(must);
    const where = { must: sure, may: must === may ? sure : inNamespaces(may) };
    return overlap(space, where, meeting(requirements, 0, classes.all.length));
  };
  return (selector) => {
    const key = selectorKey(selector);
    let known = byText.get(key);
    if (!known) {
      known = knownBounds(space, overlap(space, select(selector), pickable));
      byText.set(key, known);
    }
    return known;
  };
}

/** What is known of the labels of namespaces: on paper the code shows them all. */
export function namespaceLabels({
  namespaces,
  assume,
}: Pick<RelationInput, 'namespaces' | 'assume'>): (name: string) => Labelled {
  const closed = assume.profile === 'declared';
  return (name) => {
    const { labels, open } = labelsIn(namespaces, name);
    return { labels, open: open && !closed };
  };
}
