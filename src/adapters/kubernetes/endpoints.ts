/** Endpoints that somebody writes for a Service without a selector (R32). */
import type { KubernetesObject } from '../../assemble/kubernetes/object.ts';
import type { Origin } from '../../source/span.ts';
import { at, itemsOf, textOf, type Value } from '../../source/value.ts';
import { lineAt, textsOf } from './field.ts';

/** An address that answers for a Service. */
export interface EndpointAddress {
  readonly text: string;
  readonly origin: Origin;
}

/** The addresses of the Services of a unit, by namespace and name. */
export type Endpoints = (namespace: string, service: string) => readonly EndpointAddress[];

/** The name of the Service that a slice is for. */
const SERVICE_NAME = 'kubernetes.io/service-name';

/** Reads Endpoints, which are called like their Service, and EndpointSlices, which have its name for a label. */
export function endpointsOf(objects: readonly KubernetesObject[]): Endpoints {
  const found = new Map<string, EndpointAddress[]>();
  for (const object of objects) {
    const read = READERS.get(object.group === '' ? object.kind : `${object.group}/${object.kind}`)?.(object);
    if (!read) continue;
    const key = JSON.stringify([object.namespace, read.service]);
    const known = found.get(key);
    if (known) for (const address of read.addresses) known.push(address);
    else found.set(key, [...read.addresses]);
  }
  return (namespace, service) => found.get(JSON.stringify([namespace, service])) ?? [];
}

type Reader = (object: KubernetesObject) => {
  readonly service: string;
  readonly addresses: readonly EndpointAddress[];
};

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  [
    'Endpoints',
    ({ root, name }) => ({ service: name, addresses: itemsOf(at(root, 'subsets')).flatMap(subsetAddresses) }),
  ],
  [
    'discovery.k8s.io/EndpointSlice',
    ({ root }) => ({
      service: textOf(at(root, 'metadata', 'labels', SERVICE_NAME)) ?? '',
      addresses: itemsOf(at(root, 'endpoints')).flatMap((endpoint) => textsOf(at(endpoint, 'addresses'))),
    }),
  ],
]);

function subsetAddresses(subset: Value): readonly EndpointAddress[] {
  return itemsOf(at(subset, 'addresses')).flatMap((address) => {
    const text = textOf(at(address, 'ip')) ?? textOf(at(address, 'hostname'));
    return text ? [{ text, origin: lineAt(address, 'ip', address.origin) }] : [];
  });
}
