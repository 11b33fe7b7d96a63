/** Workloads as they run: each joined with its images, its configs, its segments and the network that it has. */
import type { UnitIdentity } from '../../source/unit.ts';
import type { CommandLine, ConfigFact, ConfigUse, ContainerFact, VariableFact, WorkloadFact } from '../fragment.ts';
import type { RunningContainer, RunningWorkload } from '../running.ts';
import type { Container, EnvironmentValue, Link, Segment, StrayCheck } from '../vocabulary.ts';
import type { BuiltImage, FoundImage, Images } from './images.ts';

/** A workload fact and the unit that it stands in. */
export interface PlacedWorkload {
  readonly id: string;
  readonly fact: WorkloadFact;
  readonly unit: UnitIdentity;
}

/** The workloads of an environment, with the images that they run. */
export interface Running {
  readonly workloads: readonly RunningWorkload[];
  readonly links: readonly Link[];
  /** The images that something here runs, with how they were found. */
  readonly images: readonly (FoundImage & { readonly unit: string })[];
}

/** Runs the workloads of one environment; `segments` are its segments by key, `configs` all that its units define. */
export function runWorkloads(
  placed: readonly PlacedWorkload[],
  images: Images,
  segments: ReadonlyMap<string, Segment>,
  configs: readonly ConfigFact[],
): Running {
  const configOf = new Map<string, ConfigFact>();
  for (const config of configs) {
    const key = configKey(config);
    if (!configOf.has(key)) configOf.set(key, config);
  }
  const hosts = networkHosts(placed);
  const links: Link[] = [];
  const used: (FoundImage & { unit: string })[] = [];
  const workloads = placed.map((each): RunningWorkload => {
    const { id, fact, unit } = each;
    const containers = fact.containers.map((container) => {
      const found = images.find(container.image, [container.name, fact.name]);
      if (found) {
        used.push({ ...found, unit: unit.id });
        links.push({
          from: id,
          to: found.image.fact.id,
          kind: found.kind,
          confidence: found.confidence,
          origins: [found.origin],
        });
      }
      return runContainer(container, found?.image ?? null, configOf);
    });
    const host = hosts.get(each) ?? each;
    const memberships = host === each ? fact.memberships : [...fact.memberships, ...host.fact.memberships];
    const keys = [...new Set(memberships.map(({ segment }) => segment))];
    // On one and the same host everything with the host's network has one loopback.
    const machine = keys.find((key) => segments.get(key)?.kind === 'host');
    return {
      fact,
      containers,
      segments: keys,
      network: machine === undefined ? host.id : (segments.get(machine) as Segment).id,
      workload: {
        id,
        name: fact.name,
        namespace: fact.namespace,
        kind: fact.kind,
        writtenKind: fact.writtenKind ?? fact.kind,
        unit: unit.id,
        technology: unit.technology,
        segments: keys.flatMap((key) => segments.get(key) ?? []),
        labels: fact.labels,
        hostNetwork: fact.hostNetwork,
        optional: fact.optional,
        replicas: fact.replicas,
        containers: containers.map(described),
        origins: [fact.origin],
        // What few have comes last: an object is laid out by what is written before the first spread.
        ...(fact.address && { address: fact.address }),
        ...(fact.answersOnly && { answersOnly: true }),
        ...(fact.purpose && { purpose: fact.purpose }),
        ...(fact.publicAddresses && { publicAddresses: fact.publicAddresses }),
        ...(fact.unreached && { unreached: fact.unreached }),
        ...(fact.traits && { traits: fact.traits }),
      },
    };
  });
  return { workloads, links, images: used };
}

/** Whose network each workload has: its own, or that of the one at the end of the chain of `shares`. */
function networkHosts(placed: readonly PlacedWorkload[]): ReadonlyMap<PlacedWorkload, PlacedWorkload> {
  const byId = new Map(placed.map((each) => [`${each.unit.id} ${each.fact.id}`, each]));
  const hosts = new Map<PlacedWorkload, PlacedWorkload>();
  for (const start of placed) {
    const seen = new Set<PlacedWorkload>();
    let at = start;
    while (at.fact.shares && !seen.has(at)) {
      seen.add(at);
      const next = hosts.get(at) ?? byId.get(`${at.unit.id} ${at.fact.shares.workload}`);
      if (!next) break;
      at = next;
    }
    // Sharing in a circle is refused by every runtime: each is then taken for itself.
    const host = seen.has(at) ? start : at;
    for (const each of seen) if (host !== start) hosts.set(each, host);
  }
  return hosts;
}

function runContainer(
  fact: ContainerFact,
  image: BuiltImage | null,
  configs: ReadonlyMap<string, ConfigFact>,
): RunningContainer {
  const reference = typeof fact.image.reference === 'string' ? fact.image.reference : null;
  const bare = !image && fact.configs.length + fact.environment.length === 0;
  const environment = bare ? NO_VARIABLES : new Map(image?.environment);
  const payloads: VariableFact[] = [];
  for (const use of fact.configs) {
    const config = configs.get(configKey(use.config));
    if (!config) continue;
    if (use.as === 'files') payloads.push(...filesOf(use, config));
    else for (const variable of variablesOf(use, config)) environment.set(variable.name, variable);
  }
  for (const variable of fact.environment) environment.set(variable.name, variable);
  return {
    fact,
    build: image?.fact ?? null,
    image: image ? image.base : reference,
    command: commandOf(fact, image),
    environment,
    payloads,
    ports: fact.ports,
    exposed: image?.ports ?? [],
    checks: fact.checks.length > 0 ? fact.checks : (image?.checks ?? []),
  };
}

/** Where nothing sets any: most workloads of clouds, which share it. */
const NO_VARIABLES = new Map<string, VariableFact>();
const NO_VALUES: ReadonlyMap<string, EnvironmentValue> = new Map();
const NO_CHECKS: readonly StrayCheck[] = [];

/** The workload's entrypoint empties the image's command too; a shell-form ENTRYPOINT takes no command at all. */
function commandOf(fact: ContainerFact, image: BuiltImage | null): CommandLine | null {
  const entrypoint = fact.entrypoint ?? image?.entrypoint ?? null;
  const command = fact.command ?? (fact.entrypoint ? null : (image?.command ?? null));
  if (!entrypoint) return command;
  if (!command || (entrypoint.shell && !fact.entrypoint)) return entrypoint;
  return {
    words: [...entrypoint.words, ...command.words],
    shell: entrypoint.shell || command.shell,
    origin: command.origin,
  };
}

function filesOf(use: ConfigUse, config: ConfigFact): readonly VariableFact[] {
  return use.key === undefined ? config.entries : config.entries.filter(({ name }) => name === use.key);
}

function variablesOf(use: ConfigUse, config: ConfigFact): readonly VariableFact[] {
  if (use.key === undefined) {
    return config.entries.map((entry) => ({ ...entry, name: `${use.prefix ?? ''}${entry.name}` }));
  }
  const entry = config.entries.find(({ name }) => name === use.key);
  return entry ? [{ ...entry, name: use.variable ?? use.key }] : [];
}

function configKey(config: { kind: string; namespace: string | null; name: string }): string {
  return `${config.kind} ${config.namespace ?? ''} ${config.name}`;
}

/** The container as rules and reporters see it. */
function described(container: RunningContainer): Container {
  const { fact } = container;
  return {
    name: fact.name,
    role: fact.role,
    image: typeof fact.image.reference === 'string' ? fact.image.reference : null,
    mounts: fact.mounts,
    capabilities: fact.capabilities,
    command: container.command?.words.map(({ text }) => text) ?? null,
    environment: valuesOf(container.environment),
    strayChecks: strayChecksOf(container),
    origin: fact.origin,
  };
}

function valuesOf(variables: RunningContainer['environment']): Container['environment'] {
  if (variables.size === 0) return NO_VALUES;
  const values = new Map<string, EnvironmentValue>();
  for (const { name, value, origin } of variables.values()) {
    values.set(name, { value: typeof value === 'string' ? value : null, origin });
  }
  return values;
}

/** A check finds a port by the name that its own container gives it; another container's, it does not see. */
function strayChecksOf({ checks, ports }: RunningContainer): readonly StrayCheck[] {
  if (checks.length === 0) return NO_CHECKS;
  const names = new Set(ports.map(({ name }) => name));
  return checks.flatMap(({ port, origin }) => (typeof port === 'string' && !names.has(port) ? [{ port, origin }] : []));
}
