/**
 * What people call what Terraform makes, instead of the addresses of its resources: programs by the names that they are
 * given, the APIs of clusters by their kind, everything else by its label, or by the call of its module where the label says
 * nothing. Addresses stay what facts refer to each other by.
 */
import type { Resource } from '../../assemble/terraform/unit.ts';
import type { GatewayFact, WorkloadFact } from '../../graph/fragment.ts';
import { append } from '../../source/multimap.ts';
import { compareText } from '../../source/order.ts';
import { knownText } from './resource.ts';

/** Facts of which people read the names. */
export interface Named {
  readonly workloads: readonly WorkloadFact[];
  readonly gateways: readonly GatewayFact[];
}

/** Gives workloads names, and their containers and gateways those of their workloads where these were called alike. */
export function named<T extends Named>(facts: T, resources: readonly Resource[]): T {
  const byAddress = new Map(resources.map((resource) => [resource.address, resource]));
  const given = namesOf(facts.workloads, byAddress);
  const gateways = facts.gateways.map((gateway) => ({ ...gateway, name: given.get(gateway.name) ?? gateway.name }));
  const workloads = facts.workloads.map((workload): WorkloadFact => {
    const { id: address, containers } = workload;
    const name = given.get(address);
    if (name === undefined) return workload;
    const inside = containers.map((container) => (container.name === address ? { ...container, name } : container));
    return { address, ...workload, name, containers: inside };
  });
  return { ...facts, workloads, gateways };
}

/** A name, and the keys of the instances by which several of that name are told apart. */
interface Candidate {
  readonly name: string;
  readonly keys: string;
}

/** Names by address: short, else with the keys of their instances; none for two that would still be called alike. */
function namesOf(
  workloads: readonly WorkloadFact[],
  byAddress: ReadonlyMap<string, Resource>,
): ReadonlyMap<string, string> {
  const own = ownNames(workloads, byAddress);
  const clusters = workloads.filter(({ kind }) => kind === 'kubernetes-api');
  const candidates = new Map<string, Candidate>();
  for (const { id, kind } of workloads) {
    const resource = byAddress.get(id);
    if (!resource) continue;
    const plain = own.get(id) ?? labelOf(resource);
    const api = kind === 'kubernetes-api' ? CLUSTERS[resource.type] : undefined;
    if (!api) candidates.set(id, plain);
    else if (clusters.length === 1) candidates.set(id, { name: `${api}-api`, keys: '' });
    else candidates.set(id, { ...plain, name: `${clean(knownText(resource.body, 'name')) ?? plain.name}-${api}-api` });
  }
  const names = new Map<string, string>();
  const settle = (chosen: ReadonlyMap<string, unknown>, spell: (candidate: Candidate) => string) => {
    const taken = new Set(names.values());
    const alike = new Map<string, string[]>();
    for (const [id, candidate] of candidates) if (chosen.has(id) && !names.has(id)) append(alike, spell(candidate), id);
    for (const [name, [id, ...others]] of alike) {
      if (others.length === 0 && !taken.has(name)) names.set(id as string, name);
    }
  };
  // What somebody called a program goes before what stands around it.
  settle(own, ({ name }) => name);
  settle(candidates, ({ name }) => name);
  settle(candidates, ({ name, keys }) => name + keys);
  return names;
}

/** What the API of a cluster is called. */
const CLUSTERS: Readonly<Record<string, string>> = {
  aws_eks_cluster: 'eks',
  google_container_cluster: 'gke',
  azurerm_kubernetes_cluster: 'aks',
};

/** Kinds of workloads that run somebody's program, whose names their authors chose. */
const PROGRAMS: ReadonlySet<string> = new Set(['container-service', 'container-group', 'function', 'application']);
const NAMES = ['service_name', 'function_name', 'name'];

/**
 * The names that programs are given, without what all of a unit begin with: `shop-prod-web` and `shop-prod-cart` are `web`
 * and `cart`.
 */
function ownNames(
  workloads: readonly WorkloadFact[],
  byAddress: ReadonlyMap<string, Resource>,
): ReadonlyMap<string, Candidate> {
  const found = new Map<string, string>();
  for (const { id, kind } of workloads) {
    const resource = byAddress.get(id);
    if (!resource || !PROGRAMS.has(kind)) continue;
    const name = NAMES.map((attribute) => clean(knownText(resource.body, attribute))).find(
      (text) => text !== undefined,
    );
    if (name) found.set(id, name);
  }
  const start = commonStart([...found.values()]);
  return new Map([...found].map(([id, name]) => [id, { name: name.slice(start), keys: '' }]));
}

/** How long the words are that all of several different names begin with. */
function commonStart(names: readonly string[]): number {
  const sorted = [...new Set(names)].sort(compareText);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined || first === last) return 0;
  let length = 0;
  while (length < first.length && first[length] === last[length]) length++;
  return first.lastIndexOf('-', length - 1) + 1;
}

/** A name with dashes between its words; undefined where it is none that people could type. */
function clean(text: string | undefined): string | undefined {
  return text !== undefined && /^[\w.-]{1,100}$/.test(text) ? text.replaceAll('_', '-') : undefined;
}

/** Labels that say nothing of what they stand for. */
const EMPTY = /^(this|main|default|example|self)$/;

/** The label of a resource, else that of the nearest call of a module that says something, else what it is. */
function labelOf({ address, type, name, module }: Resource): Candidate {
  const key = address.slice([...(module === '' ? [] : [module]), type, name].join('.').length);
  if (!EMPTY.test(name)) return { name: name.replaceAll('_', '-'), keys: plainKey(key) };
  let keys = plainKey(key);
  for (const call of callsOf(module).reverse()) {
    keys = plainKey(call.key) + keys;
    if (!EMPTY.test(call.name)) return { name: call.name.replaceAll('_', '-'), keys };
  }
  return { name: type.replace(/^[a-z0-9]+_/, '').replaceAll('_', '-'), keys };
}

/** `["blue"]` is read as `[blue]`. */
function plainKey(key: string): string {
  return key.replace(/^\["(.*)"\]$/s, '[$1]');
}

/** The calls in `module.net["a"].module.inner`, outermost first. */
function callsOf(module: string): { readonly name: string; readonly key: string }[] {
  const calls = [...module.matchAll(/(?:^|\.)module\.([\w-]+)(\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?/g)];
  return calls.map(([, name = '', key = '']) => ({ name, key }));
}
