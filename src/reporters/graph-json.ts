import type { ClassGroup, Environment, ExposureGraph } from '../graph/exposure-graph.ts';
import type { GrantFact, GrantPort, Peer, PortRange, Requirement } from '../graph/fragment.ts';
import type { Exposure, Guard, Listener, Need, Workload } from '../graph/vocabulary.ts';
import type { Lines, ReadCoverage } from '../policy/finding.ts';
import { NOTICES, type Notice } from '../source/notice.ts';
import type { Origin } from '../source/span.ts';
import { type Place, place } from './place.ts';
import type { Context } from './reporter.ts';

/** The view that `graph` reports: the graph, and what was said while it was made. */
export interface GraphView {
  readonly graph: ExposureGraph;
  readonly notices: readonly Notice[];
  readonly coverage: ReadCoverage;
}

/** The graph as `schemas/graph.schema.json` has it. */
export function graphJson({ graph, notices, coverage }: GraphView, context: Context): string {
  const { lines } = context;
  const document = {
    version: 1,
    environments: graph.environments.map((environment) => environmentOf(environment, context)),
    links: graph.links.map(({ from, to, kind, confidence, origins }) => ({
      from,
      to,
      kind,
      confidence,
      origins: places(origins, lines),
    })),
    notices: notices.map((notice) => noticeOf(notice, lines)),
    coverage,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** A notice as every JSON report tells it. */
export function noticeOf({ code, message, origin }: Notice, lines: Lines) {
  return { level: NOTICES[code], code, message, origin: place(origin, lines) };
}

/** Origins as places, each once. */
export function places(origins: readonly Origin[], lines: Lines): readonly Place[] {
  const seen = new Map<string, Place>();
  for (const origin of origins) seen.set(`${origin.file}\0${origin.start}\0${origin.end}`, place(origin, lines));
  return [...seen.values()];
}

function environmentOf(environment: Environment, { lines, pairs }: Context) {
  return {
    id: environment.id,
    stage: environment.stage,
    units: environment.units.map(({ id, technology, root, variant, files }) => ({
      id,
      technology,
      root,
      variant,
      files,
    })),
    segments: environment.segments.map(({ id, name, kind, open, internal }) => ({ id, name, kind, open, internal })),
    workloads: environment.workloads.map((workload) => workloadOf(workload, lines)),
    listeners: environment.listeners.map((listener) => listenerOf(listener, lines)),
    exposures: environment.exposures.map((exposure) => exposureOf(exposure, lines)),
    ...(pairs ? {} : { classes: callersOf(environment) }),
    reachability: pairs ? pairsOf(environment) : rowsOf(environment),
    needs: environment.needs.map((need) => needOf(need, lines)),
    guards: environment.guards.map((guard) => guardOf(guard, lines)),
    gateways: environment.gateways.map((gateway) => ({
      id: gateway.id,
      kind: gateway.kind,
      name: gateway.name,
      namespace: gateway.namespace,
      targets: gateway.targets.map(({ id }) => id),
      origins: places(gateway.origins, lines),
    })),
  };
}

function workloadOf(workload: Workload, lines: Lines) {
  return {
    id: workload.id,
    name: workload.name,
    namespace: workload.namespace,
    kind: workload.kind,
    unit: workload.unit,
    segments: workload.segments.map(({ name }) => name),
    hostNetwork: workload.hostNetwork !== null,
    optional: workload.optional !== null,
    purpose: workload.purpose ?? 'program',
    images: workload.containers.flatMap(({ image }) => (image === null ? [] : [image])),
    origins: places(workload.origins, lines),
  };
}

function listenerOf(listener: Listener, lines: Lines) {
  return {
    id: listener.id,
    workload: listener.workload.id,
    container: listener.container,
    name: listener.name,
    ...portOf(listener.ports),
    protocol: listener.protocol,
    valid: listener.valid,
    bind: listener.bind,
    service: listener.service,
    roles: listener.roles,
    sensitive: listener.sensitive,
    transport: listener.transport,
    authentication: listener.authentication,
    evidence: listener.evidence,
    origins: places(listener.origins, lines),
  };
}

function exposureOf(exposure: Exposure, lines: Lines) {
  return {
    id: exposure.id,
    listener: exposure.listener.id,
    entry: exposure.entry?.id ?? null,
    scope: exposure.scope,
    sources: exposure.sources,
    trusted: exposure.trusted ?? false,
    http: exposure.http,
    authentication: exposure.authentication,
    implicit: exposure.implicit,
    address: exposure.address,
    ...(exposure.ports ? portOf(exposure.ports) : { port: null }),
    transport: exposure.transport,
    verdict: exposure.verdict,
    because: exposure.because,
    grant: place(exposure.grant, lines),
    path: exposure.path.map(({ kind, name, origin }) => ({ kind, name, origin: place(origin, lines) })),
  };
}

/** The last port of a range stands beside the first; a single port has none. */
function portOf({ from, to }: PortRange) {
  return to === from ? { port: from } : { port: from, endPort: to };
}

/** Every set of callers once. */
function callersOf({ reachability }: Environment) {
  const groups = new Set(reachability.rows.flatMap(({ from }) => from.map(({ classes }) => classes)));
  return [...groups].map((group) => ({ id: group.id, members: membersOf(group).map(({ id }) => id) }));
}

function membersOf(group: ClassGroup): readonly Workload[] {
  return [...group].flatMap(({ members }) => members);
}

function rowsOf({ reachability }: Environment) {
  return reachability.rows.flatMap(({ to, from }) =>
    from.map(({ classes: { id }, verdict, because }) => ({ from: id, to: to.id, verdict, because })),
  );
}

/** Every pair by itself; who reaches only itself is left out. */
function pairsOf({ reachability }: Environment) {
  return reachability.rows.flatMap(({ to, from }) =>
    from.flatMap(({ classes, verdict, because }) =>
      membersOf(classes)
        .filter((member) => member !== to.workload)
        .map((member) => ({ from: member.id, to: to.id, verdict, because })),
    ),
  );
}

function needOf(need: Need, lines: Lines) {
  return {
    from: typeof need.from === 'string' ? need.from : need.from.id,
    to: needTarget(need),
    kind: need.kind,
    weight: need.weight,
    stated: need.stated,
    transport: need.transport,
    origins: places(need.origins, lines),
  };
}

/** A listener's id, or `external:host:port`. */
function needTarget({ to }: Need): string {
  if (!('external' in to)) return to.id;
  return `external:${to.external}${to.port === null ? '' : `:${to.port}`}`;
}

function guardOf(guard: Guard, lines: Lines) {
  return {
    id: guard.id,
    kind: guard.kind,
    name: guard.name,
    namespace: guard.namespace,
    attachment: guard.attachment,
    isolates: guard.isolates,
    origins: places(guard.origins, lines),
    grants: guard.grants.map((grant) => grantOf(grant, lines)),
  };
}

function grantOf(grant: GrantFact, lines: Lines) {
  return {
    id: grant.id,
    direction: grant.direction,
    sources: grant.peers.map(peerOf),
    ports: grant.ports.map(grantPort),
    verdict: grant.verdict,
    origins: places([grant.origin], lines),
  };
}

function peerOf(peer: Peer) {
  if (peer.kind === 'addresses') return { kind: 'cidr', value: peer.cidr, except: peer.except };
  if (peer.kind === 'unknown') return { kind: 'unknown', value: peer.because };
  const { namespace, namespaces, requirements: pods } = peer.selector;
  const where = namespaces ? `namespaces ${requirements(namespaces)}` : `namespace ${namespace}`;
  return { kind: 'workloads', value: `${requirements(pods)} in ${where}` };
}

/** Requirements in the notation of label selectors; `*` for none. */
function requirements(all: readonly Requirement[]): string {
  if (all.length === 0) return '*';
  return all
    .map(({ key, operator, values }) => {
      if (operator === 'exists') return key;
      if (operator === 'absent') return `!${key}`;
      return operator === 'in' && values.length === 1
        ? `${key}=${values[0]}`
        : `${key} ${operator === 'in' ? 'in' : 'notin'} (${values.join(',')})`;
    })
    .join(',');
}

function grantPort({ protocol, ports }: GrantPort): string {
  if (ports === null) return protocol ?? '*';
  if (typeof ports === 'string') return `${protocol ?? '*'}/${ports}`;
  return `${protocol}/${ports.from}${ports.to === ports.from ? '' : `-${ports.to}`}`;
}
