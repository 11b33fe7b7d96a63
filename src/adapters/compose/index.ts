import type { ComposeUnit } from '../../assemble/unit.ts';
import type { ContainerFact, Definition, Fragment, NameFact, WorkloadFact } from '../../graph/fragment.ts';
import type { Result } from '../../source/result.ts';
import { at, type Entry, entriesOf, integerOf, itemsOf, textOf, type Value } from '../../source/value.ts';
import { readConfigs } from './config.ts';
import { readContainer } from './container.ts';
import { readPorts, type ServicePorts } from './declared.ts';
import { digestOf } from './digest.ts';
import { readGateways } from './gateway.ts';
import { namesIn } from './name.ts';
import { doorsByPort, readNeeds, routeNeeds } from './need.ts';
import { type Networks, readNetworks } from './network.ts';

/** The facts of a compose project (R81–R89): services as workloads, networks as segments, published ports as gateways. */
export function composeFragment(unit: ComposeUnit): Result<Fragment> {
  const services = [...entriesOf(at(unit.model, 'services'))];
  const networks = readNetworks(unit);
  const ports = new Map(services.map(({ key, value }) => [key, readPorts(value)]));
  const portsOf = ({ key }: Entry) => ports.get(key) as ServicePorts;
  const published = services.map((service) => readGateways(unit, service, portsOf(service).published, networks));
  const gateways = published.flatMap(({ value }) => value);
  const doors = doorsByPort(gateways);
  const stated = services.map((service) => readNeeds(unit, service, doors));
  const names = namesIn(unit, networks);
  const { id, technology, root, variant, files } = unit;
  return {
    value: {
      unit: { id, technology, root, variant, files },
      segments: networks.segments,
      workloads: services.map((service) =>
        workloadOf(unit, service, networks, names(service), readContainer(unit, service, portsOf(service))),
      ),
      images: [],
      gateways,
      guards: [],
      needs: [...stated.flatMap(({ value }) => value), ...routeNeeds(services)],
      configs: readConfigs(unit),
      definitions: definitionsOf(unit, services),
    },
    notices: [networks, ...ports.values(), ...published, ...stated].flatMap((read) => read.notices),
  };
}

function workloadOf(
  unit: ComposeUnit,
  service: Entry,
  networks: Networks,
  names: readonly NameFact[],
  container: ContainerFact,
): WorkloadFact {
  const { key, keyOrigin, value } = service;
  const placement = networks.placements.get(key);
  return {
    id: key,
    name: key,
    namespace: null,
    kind: 'compose-service',
    writtenKind: 'Service',
    origin: keyOrigin,
    memberships: (placement?.memberships ?? []).map(({ segment, origin }) => ({ segment, origin })),
    names,
    labels: labelsOf(value),
    hostNetwork: placement?.hostNetwork ?? null,
    ...(placement?.isolated ? { isolated: true } : {}),
    ...(placement?.shares ? { shares: placement.shares } : {}),
    optional: whyOptional(unit, value),
    replicas: replicasOf(value),
    containers: [container],
  };
}

function labelsOf(service: Value): ReadonlyMap<string, string> {
  return new Map([...entriesOf(at(service, 'labels'))].map(({ key, value }) => [key, textOf(value) ?? '']));
}

/** The line of its profiles, where none of them is on without anybody asking. */
function whyOptional(unit: ComposeUnit, service: Value): WorkloadFact['optional'] {
  const profiles = at(service, 'profiles');
  const names = itemsOf(profiles).flatMap((item) => textOf(item) ?? []);
  const on = names.length === 0 || names.some((name) => name === '*' || unit.profiles.includes(name));
  return profiles && !on ? profiles.origin : null;
}

function replicasOf(service: Value): number | null {
  return integerOf(at(service, 'deploy', 'replicas')) ?? integerOf(at(service, 'scale')) ?? null;
}

/**
 * Each service, and the file set itself: two file sets of one folder are two ways to deploy one project, and never
 * land together even where they agree on every service that both have.
 */
function definitionsOf(unit: ComposeUnit, services: readonly Entry[]): readonly Definition[] {
  return [
    { key: `compose-project/${unit.root}`, digest: unit.id },
    ...services.map(({ key, value }) => ({ key: `compose-service/${unit.project}/${key}`, digest: digestOf(value) })),
  ];
}
