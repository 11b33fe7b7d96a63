import type { ContainerFact, Fragment, WorkloadFact } from '../fragment.ts';
import { type BuiltImage, folderName, type Images } from './images.ts';

/**
 * For each image that nothing in the tree runs a unit in which it runs alone, so that rules can speak about what it
 * listens on. Images that others are built on are not among them: what they bring along is theirs.
 *
 * @param run ids of the images that something runs
 */
export function imageWorkloads(images: Images, run: ReadonlySet<string>): readonly Fragment[] {
  const bases = new Set(images.all.flatMap(({ chain }) => chain.slice(1)));
  return images.all.filter(({ fact }) => !run.has(fact.id) && !bases.has(fact)).map(alone);
}

function alone({ fact, unit }: BuiltImage): Fragment {
  const name = folderName(fact);
  const container: ContainerFact = {
    name,
    role: 'main',
    origin: fact.origin,
    image: { reference: null, build: fact.id, origin: fact.origin },
    environment: [],
    configs: [],
    ports: [],
    checks: [],
    mounts: [],
    capabilities: [],
  };
  const workload: WorkloadFact = {
    id: 'image',
    name,
    namespace: null,
    kind: 'image',
    writtenKind: 'Image',
    origin: fact.origin,
    memberships: [],
    names: [],
    labels: new Map(),
    hostNetwork: null,
    optional: null,
    replicas: null,
    containers: [container],
  };
  return {
    unit,
    segments: [],
    workloads: [workload],
    images: [],
    gateways: [],
    guards: [],
    needs: [],
    configs: [],
    definitions: [],
  };
}
