/** Small graphs for the tests of policy: every part with what a test does not care about filled in. */

import { type Environment, type ExposureGraph, emptyEnvironment } from '../graph/exposure-graph.ts';
import { catalogueOf } from '../graph/prepare-catalogue.ts';
import { NO_ADDRESSES } from '../graph/sets/address-set.ts';
import type { Container, Exposure, Gateway, Listener, Need, Segment, Workload } from '../graph/vocabulary.ts';
import type { Origin } from '../source/span.ts';
import { type CheckedRule, checkRule } from './checked-rule.ts';
import { compile } from './compile.ts';
import { language } from './language.ts';
import type { Problem, RuleDeclaration, Text } from './rule.ts';

export function place(start: number, file = 'compose.yaml'): Origin {
  return { file, start, end: start + 5 };
}

export function segmentOf(over: Partial<Segment> = {}): Segment {
  const origin = place(1);
  return {
    id: 's:default',
    name: 'default',
    isDefault: true,
    kind: 'docker-network',
    open: true,
    internal: false,
    outer: false,
    origin,
    ...over,
  };
}

export function workloadOf(name: string, over: Partial<Workload> = {}): Workload {
  return {
    id: `w:${name}`,
    name,
    namespace: null,
    kind: 'compose-service',
    writtenKind: 'compose-service',
    unit: 'compose:compose.yaml',
    technology: 'compose',
    segments: [segmentOf()],
    labels: new Map(),
    hostNetwork: null,
    replicas: null,
    optional: null,
    containers: [containerOf()],
    origins: [place(10)],
    ...over,
  };
}

export function containerOf(over: Partial<Container> = {}): Container {
  return {
    name: 'main',
    role: 'main',
    image: null,
    mounts: [],
    capabilities: [],
    command: null,
    environment: new Map(),
    strayChecks: [],
    origin: place(11),
    ...over,
  };
}

export function listenerOf(workload: Workload, port: number, over: Partial<Listener> = {}): Listener {
  return {
    id: `l:${workload.name}:${port}`,
    workload,
    container: 'main',
    protocol: 'tcp',
    ports: { from: port, to: port },
    valid: true,
    name: null,
    bind: '0.0.0.0',
    service: null,
    roles: [{ role: 'application', confidence: 'high' }],
    sensitive: false,
    transport: 'unknown',
    authentication: 'unknown',
    authenticationOrigin: null,
    evidence: 'declared',
    evidences: ['declared'],
    doubt: null,
    hearsay: false,
    origins: [place(20)],
    removal: null,
    ...over,
  };
}

export function gatewayOf(name: string, over: Partial<Gateway> = {}): Gateway {
  return {
    id: `g:${name}`,
    kind: 'published-port',
    name,
    namespace: null,
    unit: 'compose:compose.yaml',
    technology: 'compose',
    targets: [],
    doors: [],
    origins: [place(30)],
    ...over,
  };
}

export function exposureOf(listener: Listener, over: Partial<Exposure> = {}): Exposure {
  const entry = over.entry === undefined ? gatewayOf('8080:80') : over.entry;
  return {
    id: 'e',
    listener,
    entry,
    scope: 'network',
    sources: [],
    addresses: NO_ADDRESSES,
    http: { hosts: [], paths: [], methods: [] },
    authentication: 'unknown',
    transport: 'unknown',
    implicit: false,
    attachment: null,
    address: '0.0.0.0',
    ports: { from: 8080, to: 8080 },
    verdict: 'reachable',
    because: [],
    grant: place(40),
    portOrigin: place(40),
    loopback: null,
    path: entry ? [{ kind: entry.kind, name: entry.name, origin: place(40) }] : [],
    ...over,
  };
}

export function needOf(from: Need['from'], to: Need['to'], over: Partial<Need> = {}): Need {
  return {
    from,
    to,
    kind: 'environment',
    weight: 0.9,
    stated: false,
    transport: 'unknown',
    origins: [place(50)],
    ...over,
  };
}

export function environmentOf(over: Partial<Environment> = {}): Environment {
  return { ...emptyEnvironment('e:1'), ...over };
}

export function graphOf(...environments: readonly Partial<Environment>[]): ExposureGraph {
  return { environments: environments.map((one, index) => environmentOf({ id: `e:${index + 1}`, ...one })), links: [] };
}

/** The language with a catalogue of two services. */
export const SPEECH = language(
  catalogueOf(
    [
      { service: 'PostgreSQL', ports: [{ from: 5432, to: 5432 }], role: 'data-store' },
      { service: 'MySQL', ports: [{ from: 3306, to: 3306 }], role: 'data-store' },
    ].map(
      (entry) =>
        ({ ...entry, protocols: ['tcp'], sensitive: true, plaintext: true, names: [], secureNames: [] }) as never,
    ),
    [],
  ),
);

const RULE_PLACE: Origin = { file: 'rule.yaml', start: 0, end: 1 };

export function textOf(text: string): Text {
  return { text, place: (start, end) => ({ file: 'rule.yaml', start, end }) };
}

export function declarationOf(
  over: Partial<Omit<RuleDeclaration, 'when' | 'at' | 'message'>> & {
    readonly when?: string;
    readonly at?: string;
    readonly message?: string;
  },
): RuleDeclaration {
  const { when = 'true', at, message = 'Something.', ...rest } = over;
  return {
    id: 'some-rule',
    title: 'Some rule',
    severity: 'high',
    confidence: 'high',
    on: 'exposure',
    change: null,
    equivalents: {},
    origin: RULE_PLACE,
    ...rest,
    when: textOf(when),
    at: at === undefined ? null : textOf(at),
    message: textOf(message),
  };
}

/** A rule that has to be right. */
export function ruleOf(over: Parameters<typeof declarationOf>[0]): CheckedRule {
  const checked = checkRule(declarationOf(over), SPEECH, compile);
  if ('when' in checked) return checked;
  throw new Error(checked.map(({ message, hint }) => `${message}; ${hint}`).join('\n'));
}

/** What is wrong with a rule. */
export function problemsOf(over: Parameters<typeof declarationOf>[0]): readonly Problem[] {
  const checked = checkRule(declarationOf(over), SPEECH, compile);
  return 'when' in checked ? [] : checked;
}
