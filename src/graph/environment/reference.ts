/** What a unit offers to others and what it asks of them, by name: which units land together is read from it. */
import { append } from '../../source/multimap.ts';
import type { ConfigFact, Fragment, Requirement, Selector, WorkloadFact } from '../fragment.ts';
import { addressesIn } from '../need/address.ts';
import { isHost } from '../need/host.ts';
import { meets } from '../reach/labels.ts';
import { selectFrom } from '../workload/select.ts';
import { namespacesOf } from './namespaces.ts';

/** A name that a unit asks for and does not have. */
export interface Want {
  /** What it is looked up by. */
  readonly key: string;
  /** Whether an offer under that key is what is asked for. */
  readonly accepts: (offer: Offer) => boolean;
  /** However many have it, it is one thing: a network by its name. */
  readonly one: boolean;
  /** Only somebody who deploys both says whether it is meant. */
  readonly tentative: boolean;
}

/** What others find in a unit. */
export interface Offer {
  readonly keys: ReadonlySet<string>;
  /** Whether a selector picks any workload of it. */
  readonly picked: (selector: Selector) => boolean;
  /** Whether a selector that asks for namespaces by label means one that the unit defines. */
  readonly defines: (selector: Selector) => boolean;
}

/** What others find in the unit: gateways, configs and workloads under every name that they have. */
export function offerOf(fragment: Fragment): Offer {
  const namespaces = namespacesOf(fragment.segments);
  const select = selectFrom(
    fragment.workloads.map((fact) => ({ fact })),
    namespaces,
  );
  const defined = [...namespaces.values()].filter(({ open }) => !open);
  return {
    keys: keysOf(fragment),
    picked: (selector) => select(selector).length > 0,
    defines: ({ namespaces: asked = [] }) =>
      asked.length > 0 && defined.some(({ labels }) => asked.every((each) => meets(labels, each))),
  };
}

function keysOf(fragment: Fragment): ReadonlySet<string> {
  const offers = new Set<string>();
  for (const { kind, namespace, name, names } of fragment.gateways) {
    offers.add(keyOf('gateway', kind, namespace, name));
    for (const each of names) offers.add(keyOf('name', each.within, each.name));
  }
  for (const { classes } of fragment.proxies ?? []) for (const one of classes) offers.add(keyOf('proxy', one));
  for (const { kind, namespace, name } of fragment.configs) offers.add(keyOf('config', kind, namespace, name));
  for (const { namespace, labels, names } of fragment.workloads) {
    offers.add(keyOf('namespace', namespace));
    offers.add(ANY_WORKLOAD);
    for (const [key, value] of labels) {
      offers.add(keyOf('label', namespace, key, value));
      offers.add(keyOf('any-label', key, value));
    }
    for (const each of names) offers.add(keyOf('name', each.within, each.name));
  }
  for (const { key, name, kind, labels, labelsOpen } of fragment.segments) {
    if (kind === 'docker-network') offers.add(keyOf('segment', key));
    for (const [label, value] of labels ?? []) offers.add(keyOf('namespace-label', label, value));
    if (labels && !labelsOpen) offers.add(keyOf('definition', name));
  }
  return offers;
}

/** What the unit refers to and nothing in it is called; `own` is what it offers itself. Each key once. */
export function wantsOf(fragment: Fragment, own: Offer): readonly Want[] {
  const wants = new Map<string, Want['accepts'][]>();
  const tentative = new Set<string>();
  const want = (key: string, accepts: Want['accepts'] = () => true) => {
    append(wants, key, accepts);
  };
  const named = (...parts: readonly (string | null)[]) => {
    const key = keyOf(...parts);
    if (!own.keys.has(key)) want(key);
  };
  const selected = (selector: Selector) => {
    if (own.picked(selector)) return;
    want(postingOf(selector), ({ picked, defines }) => picked(selector) || defines(selector));
  };
  for (const { doors } of fragment.gateways) {
    for (const { place, target } of doors) {
      if (place.kind === 'behind') named('gateway', place.gateway, place.namespace, place.name);
      if (place.kind === 'proxy' && place.class !== null) named('proxy', place.class);
      if (target.kind === 'selector') selected(target.selector);
      if (target.kind !== 'gateway') continue;
      if (target.tentative) tentative.add(keyOf('gateway', target.gateway, target.namespace, target.name));
      else named('gateway', target.gateway, target.namespace, target.name);
    }
  }
  for (const { subject } of fragment.guards) selected(subject);
  const hostsOfConfig = hostsOfConfigs(fragment);
  for (const workload of fragment.workloads) {
    if (workload.namespace !== null) named('definition', workload.namespace);
    for (const { config } of workload.containers.flatMap(({ configs }) => configs)) {
      named('config', config.kind, config.namespace, config.name);
    }
    for (const host of hostsOf(workload, hostsOfConfig)) {
      const inside = workload.memberships.map(({ segment }) => segment);
      if (inside.some((segment) => own.keys.has(keyOf('name', segment, host)))) continue;
      for (const segment of inside) want(keyOf('name', segment, host));
    }
  }
  return [
    // Somebody else's network is shared with whoever is on it, the one who makes it or not.
    ...fragment.segments
      .filter(({ external }) => external)
      .map(({ key }) => ({ key: keyOf('segment', key), accepts: () => true, one: true, tentative: false })),
    // What one reference of several under a key does not accept, another may.
    ...[...wants].map(([key, any]) => ({
      key,
      accepts: (offer: Offer) => any.some((accepts) => accepts(offer)),
      one: false,
      tentative: false,
    })),
    ...[...tentative]
      .filter((key) => !own.keys.has(key) && !wants.has(key))
      .map((key) => ({ key, accepts: () => true, one: false, tentative: true })),
  ];
}

/** Offers a unit that runs anything. */
const ANY_WORKLOAD = keyOf('workload');

/** The rarest key that whatever a selector picks is offered under. */
function postingOf({ namespace, namespaces, requirements }: Selector): string {
  const label = onlyValue(requirements);
  if (!namespaces) return label ? keyOf('label', namespace, ...label) : keyOf('namespace', namespace);
  if (label) return keyOf('any-label', ...label);
  const of = onlyValue(namespaces);
  return of ? keyOf('namespace-label', ...of) : ANY_WORKLOAD;
}

/** The first label of which one value is asked for. */
function onlyValue(requirements: readonly Requirement[]): readonly [string, string] | undefined {
  const first = requirements.find(({ operator, values }) => operator === 'in' && values.length === 1);
  return first && [first.key, first.values[0] as string];
}

/** The hosts that the strings of a workload name, each once. */
function hostsOf({ containers }: WorkloadFact, ofConfig: (name: string) => readonly string[]): ReadonlySet<string> {
  const hosts = new Set<string>();
  for (const { environment, entrypoint, command, configs } of containers) {
    for (const { name, value } of environment) for (const host of hostsOfVariable(name, value)) hosts.add(host);
    for (const { text } of [...(entrypoint?.words ?? []), ...(command?.words ?? [])]) {
      for (const { host } of addressesIn(text)) hosts.add(host);
    }
    for (const { config } of configs) for (const host of ofConfig(configKey(config))) hosts.add(host);
  }
  return hosts;
}

/** The hosts that each config of the unit names, found when first asked for. */
function hostsOfConfigs({ configs }: Fragment): (key: string) => readonly string[] {
  const byKey = new Map(configs.map((config) => [configKey(config), config]));
  const found = new Map<string, readonly string[]>();
  return (key) => {
    const known = found.get(key);
    if (known) return known;
    const hosts = (byKey.get(key)?.entries ?? []).flatMap(({ name, value }) => hostsOfVariable(name, value));
    found.set(key, hosts);
    return hosts;
  };
}

/** Variables whose whole value is a host by habit. */
const HOST_VARIABLE = /(?:^|[_.-])(?:host|hostname|server|addr|address|endpoint)s?$/i;

function hostsOfVariable(name: string, value: unknown): readonly string[] {
  if (typeof value !== 'string') return [];
  const addresses = addressesIn(value).map(({ host }) => host);
  return HOST_VARIABLE.test(name) && isHost(value) ? [...addresses, value.toLowerCase()] : addresses;
}

function configKey({ kind, namespace, name }: Pick<ConfigFact, 'kind' | 'namespace' | 'name'>): string {
  return keyOf(kind, namespace, name);
}

function keyOf(...parts: readonly (string | null)[]): string {
  return JSON.stringify(parts);
}
