import type { Hop } from '../graph/vocabulary.ts';
import { type Origin, placeKey } from '../source/span.ts';
import type { Finding } from './finding.ts';
import type { Edge } from './subjects/table.ts';

/**
 * The places that explain a finding, each with a sentence: what its subject adds, the hops of the path, then what says that
 * something listens.
 */
export function relatedOf(edge: Edge, location: Origin): Finding['related'] {
  const told = new Set([placeKey(location)]);
  const related: { origin: Origin; message: string }[] = [];
  const tell = (origin: Origin, message: string): void => {
    const place = placeKey(origin);
    if (told.has(place) || origin.file === '') return;
    told.add(place);
    related.push({ origin, message });
  };
  for (const { origin, message } of edge.related?.() ?? []) tell(origin, message);
  for (const hop of edge.exposure?.path ?? []) {
    if (hop.kind !== 'listener') tell(hop.origin, hopText(hop, edge));
  }
  for (const origin of edge.gateway?.origins ?? []) tell(origin, `This makes ${edge.gateway?.name} what it is.`);
  for (const { gateway, door } of edge.doors ?? []) tell(door.grant, `${gateway.name} leads there.`);
  const { listener } = edge;
  for (const origin of listener?.origins ?? []) {
    tell(origin, `This says that ${listener?.workload.name} listens on ${listener?.ports.from}/${listener?.protocol}.`);
  }
  return related;
}

function hopText({ kind, name }: Hop, { exposure }: Edge): string {
  if (kind === 'workload') return `It is reached from here by ${name}.`;
  return `The path from the ${exposure?.scope} goes through the ${kind.replaceAll('-', ' ')} ${name}.`;
}
