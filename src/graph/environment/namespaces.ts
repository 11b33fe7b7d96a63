import type { SegmentFact } from '../fragment.ts';
import type { Labelled } from '../reach/relation.ts';

/**
 * What segments say of the labels of namespaces, by name. Where several units speak of one namespace, the labels of the
 * unit that defines it are all that it has; where none does, it may have more than any of them says (R19).
 */
export function namespacesOf(segments: Iterable<SegmentFact>): ReadonlyMap<string, Labelled> {
  const namespaces = new Map<string, Labelled>();
  for (const { name, kind, labels, labelsOpen } of segments) {
    if (kind !== 'namespace' || !labels) continue;
    const open = labelsOpen === true;
    const known = namespaces.get(name);
    if (!known || (known.open && !open)) namespaces.set(name, { labels, open });
    else if (known.open === open) namespaces.set(name, { labels: new Map([...known.labels, ...labels]), open });
  }
  return namespaces;
}
