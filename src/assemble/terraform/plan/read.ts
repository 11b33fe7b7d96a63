/** Plans and states read into recordings. */
import { onceEach } from '../../../source/once.ts';
import { at, booleanOf, entryOf, itemsOf, type Mapping, textOf, type Value } from '../../../source/value.ts';
import { blockOf } from './address.ts';
import { type Configuration, configurationOf } from './configuration.ts';
import type { Instance, RawInstance } from './instance.ts';
import { linksBetween } from './links.ts';
import { rawStateInstances } from './raw-state.ts';
import type { Candidate } from './recognise.ts';
import type { Recording } from './recording.ts';
import { withoutSeparateRules } from './separate-rules.ts';
import { bodyOf, secretsIn } from './values.ts';

/** Modules in modules, as deep as anybody has them, and some. */
const DEEPEST = 64;

/** What the file records. */
export function recordingOf({ path, shape, root }: Candidate): Recording {
  const configuration = configurationOf(at(root, 'configuration', 'root_module'));
  const raw = [...RAW[shape](root, configuration)];
  const links = linksBetween(
    raw,
    (block, attribute) => configuration.expressions(block)?.entries.has(attribute) ?? false,
  );
  const secrets = new Set<string>();
  for (const { values, sensitive } of raw) for (const mask of sensitive) secretsIn(values, mask, secrets);
  const instances = raw.map((each): Instance => {
    const { values: _, afterUnknown: __, sensitive: ___, dependsOn, ...instance } = each;
    const depends = dependsOn.map((address) => ({ address, attribute: '' }));
    const expressions = configuration.expressions(each.block);
    const refersOf = (of: readonly Value[]) =>
      expressions ? configuration.refersOf(of, each.module, each.block) : depends;
    const making = { address: each.address, origin: each.origin, refersOf, link: links.of, expressions, secrets };
    return { ...instance, expressions, body: bodyOf(each, making) };
  });
  return {
    path,
    kind: shape === 'plan' ? 'plan' : 'state',
    complete: booleanOf(at(root, 'complete')) !== false && booleanOf(at(root, 'errored')) !== true,
    blocks: configuration.blocks,
    instances: withoutSeparateRules(instances),
    links,
  };
}

const RAW: Record<Candidate['shape'], (root: Mapping, configuration: Configuration) => Iterable<RawInstance>> = {
  plan: plannedInstances,
  state: (root) => instancesIn(at(root, 'values', 'root_module'), '', 0, new Map(), () => undefined),
  'raw-state': rawStateInstances,
};

/** What will be there when the plan has been applied, and what data sources have answered. */
function* plannedInstances(root: Mapping, configuration: Configuration): Iterable<RawInstance> {
  const changes = new Map<string, Value>();
  for (const change of itemsOf(at(root, 'resource_changes'))) {
    const address = textOf(at(change, 'address'));
    if (address !== undefined && !entryOf(change, 'deposed')) changes.set(address, change);
  }
  const providerOf = onceEach((block: string) => configuration.providerOf(block));
  const seen = new Set<string>();
  const planned = at(root, 'planned_values', 'root_module');
  const all = planned ? instancesIn(planned, '', 0, changes, providerOf) : changedInstances(changes, providerOf);
  for (const instance of all) {
    seen.add(instance.address);
    yield instance;
  }
  const prior = at(root, 'prior_state', 'values', 'root_module');
  for (const instance of instancesIn(prior, '', 0, new Map(), providerOf)) {
    if (instance.mode === 'data' && !seen.has(instance.address)) yield instance;
  }
}

type ProviderOf = (block: string) => string | undefined;

/** Of a plan cut down to its changes: whatever is not only taken away. */
function* changedInstances(changes: ReadonlyMap<string, Value>, providerOf: ProviderOf): Iterable<RawInstance> {
  for (const change of changes.values()) {
    const after = at(change, 'change', 'after');
    const module = textOf(at(change, 'module_address')) ?? '';
    if (after?.kind === 'mapping') yield* instanceOf(change, after, module, change, providerOf);
  }
}

function* instancesIn(
  module: Value | undefined,
  address: string,
  depth: number,
  changes: ReadonlyMap<string, Value>,
  providerOf: ProviderOf,
): Iterable<RawInstance> {
  if (depth > DEEPEST) return;
  for (const resource of itemsOf(at(module, 'resources'))) {
    const values = at(resource, 'values');
    const change = changes.get(textOf(at(resource, 'address')) ?? '');
    if (values?.kind === 'mapping') yield* instanceOf(resource, values, address, change, providerOf);
  }
  for (const child of itemsOf(at(module, 'child_modules'))) {
    const inner = textOf(at(child, 'address'));
    if (inner !== undefined) yield* instancesIn(child, inner, depth + 1, changes, providerOf);
  }
}

function* instanceOf(
  resource: Value,
  values: Mapping,
  module: string,
  change: Value | undefined,
  providerOf: ProviderOf,
): Iterable<RawInstance> {
  const address = textOf(at(resource, 'address'));
  const type = textOf(at(resource, 'type'));
  const name = textOf(at(resource, 'name'));
  const place = at(resource, 'address');
  if (address === undefined || type === undefined || name === undefined || !place) return;
  const block = blockOf(address);
  yield {
    address,
    mode: textOf(at(resource, 'mode')) === 'data' ? 'data' : 'managed',
    type,
    name,
    module,
    block,
    provider: providerOf(block) ?? providerName(textOf(at(resource, 'provider_name')), type),
    values,
    afterUnknown: at(change, 'change', 'after_unknown'),
    sensitive: [at(change, 'change', 'after_sensitive'), at(resource, 'sensitive_values')].filter(
      (mask) => mask !== undefined,
    ),
    dependsOn: itemsOf(at(resource, 'depends_on')).flatMap((item) => textOf(item) ?? []),
    origin: place.origin,
  };
}

/** `registry.terraform.io/hashicorp/aws` is `aws`; a provider that nothing names is what the type begins with. */
function providerName(written: string | undefined, type: string): string {
  return (written ?? type.split('_', 1)[0] ?? type).split('/').at(-1) as string;
}
