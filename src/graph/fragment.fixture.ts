/** Fragments for tests, with everything that a test does not care for left at its plainest. */
import type { Origin } from '../source/span.ts';
import type { Technology } from '../source/unit.ts';
import type {
  ContainerFact,
  DeclaredPort,
  DoorFact,
  Fragment,
  GatewayFact,
  ImageFact,
  SegmentFact,
  Target,
  WorkloadFact,
} from './fragment.ts';

let offset = 0;

/** An origin that is like no other. */
export function somewhere(file = 'file.yml'): Origin {
  offset += 10;
  return { file, start: offset, end: offset + 5 };
}

export function fragment(
  id: string,
  facts: Partial<Omit<Fragment, 'unit'>> = {},
  files: readonly string[] = [],
): Fragment {
  const [technology = '', rest = ''] = [id.slice(0, id.indexOf(':')), id.slice(id.indexOf(':') + 1)];
  const [root = '', variant = null] = rest.split('#');
  return {
    unit: { id, technology: technology as Technology, root, variant, files },
    segments: [],
    workloads: [],
    images: [],
    gateways: [],
    guards: [],
    needs: [],
    configs: [],
    definitions: [],
    ...facts,
  };
}

export function segment(key: string, facts: Partial<SegmentFact> = {}): SegmentFact {
  const name = key.slice(key.indexOf(':') + 1);
  return { key, name, kind: 'docker-network', open: true, internal: false, origin: somewhere(), ...facts };
}

export function container(name: string, facts: Partial<ContainerFact> = {}): ContainerFact {
  return {
    name,
    role: 'main',
    origin: somewhere(),
    image: { reference: null, origin: somewhere() },
    environment: [],
    configs: [],
    ports: [],
    checks: [],
    mounts: [],
    capabilities: [],
    ...facts,
  };
}

/** A workload with one container of its own name, in the segments `within`. */
export function workload(
  name: string,
  within: readonly string[],
  facts: Partial<WorkloadFact> & { readonly container?: Partial<ContainerFact> } = {},
): WorkloadFact {
  const { container: own, ...rest } = facts;
  return {
    id: name,
    name,
    namespace: null,
    kind: 'service',
    origin: somewhere(),
    memberships: within.map((key) => ({ segment: key, origin: somewhere() })),
    names: [],
    labels: new Map(),
    hostNetwork: null,
    optional: null,
    replicas: null,
    containers: [container(name, own)],
    ...rest,
  };
}

export function port(from: number, facts: Partial<DeclaredPort> & { readonly to?: number } = {}): DeclaredPort {
  const { to, ...rest } = facts;
  return { ports: { from, to: to ?? from }, protocol: 'tcp', origin: somewhere(), ...rest };
}

export function image(id: string, facts: Partial<ImageFact> = {}): ImageFact {
  const file = id.replace(/^docker:/, '').replace(/[#?].*$/, '');
  const origin = somewhere(file);
  return { id, names: [], base: null, ports: [], environment: [], checks: [], origin, files: [file], ...facts };
}

/** A port of the host that leads into a workload: `published('web', 8080, 80)`. */
export function published(
  to: string,
  outside: number | null,
  inside: number,
  facts: Partial<DoorFact> & { readonly address?: string; readonly span?: number } = {},
): GatewayFact {
  const { address = '0.0.0.0', span = 0, ...rest } = facts;
  const origin = somewhere();
  return {
    id: `${to}/${outside}:${inside}`,
    kind: 'published-port',
    name: `${outside ?? ''}:${inside}`,
    namespace: null,
    names: [],
    origin,
    doors: [
      {
        place: { kind: 'host', address },
        protocol: 'tcp',
        ports: outside === null ? null : { from: outside, to: outside + span },
        target: { kind: 'workload', workload: to, ports: { from: inside, to: inside + span }, origin },
        implicit: false,
        origin,
        ...rest,
      },
    ],
  };
}

/** A door with its plainest parts. */
export function door(
  place: DoorFact['place'],
  outside: number | null,
  target: Target,
  facts: Partial<DoorFact> = {},
): DoorFact {
  const ports = outside === null ? null : { from: outside, to: outside };
  return { place, protocol: 'tcp', ports, target, implicit: false, origin: somewhere(), ...facts };
}
