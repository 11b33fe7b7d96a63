/** The configuration that a plan carries: which blocks there are, and what their expressions refer to. */
import { onceEach } from '../../../source/once.ts';
import {
  at,
  entriesOf,
  entryOf,
  itemsOf,
  type Mapping,
  type ResourceReference,
  textOf,
  type Value,
} from '../../../source/value.ts';
import { type Step, stepsOf, textOfSteps, within } from './address.ts';

/** What the configuration of a plan says. */
export interface Configuration {
  /** The addresses of all blocks, without instance keys. */
  readonly blocks: ReadonlySet<string>;
  /** The provider configuration that a block is made with, `aws.west`; undefined where nothing says so. */
  providerOf(block: string): string | undefined;
  /** The expressions of a block by attribute; null where there is no such block. */
  expressions(block: string): Mapping | null;
  /**
   * The attributes of resources that expressions of a block in the module instance `module` are made from, through
   * variables and outputs. What stands in `local` values is not part of a plan.
   */
  refersOf(expressions: readonly Value[], module: string, block: string): readonly ResourceReference[];
}

/** More references than this in one expression say nothing. */
const MOST_REFERENCES = 100;
/** As many modules in modules as anybody has, and some. */
const DEEPEST = 64;

/** The configuration in `root`, the `configuration.root_module` of a plan. */
export function configurationOf(root: Value | undefined): Configuration {
  const blocks = new Map<string, Mapping>();
  const modules = new Map<string, Mapping>();
  collect(root, '', 0, blocks, modules);

  const resolved = onceEach((key: string): readonly ResourceReference[] => {
    const [module = '', block = '', reference = ''] = key.split('\0');
    return resolve(module, block, stepsOf(reference));
  });
  /** How many references are being followed: a configuration that goes in circles is nobody's. */
  let depth = 0;

  function refersOf(expressions: readonly Value[], module: string, block: string): readonly ResourceReference[] {
    if (depth >= DEEPEST) return [];
    depth++;
    const found = new Map<string, ResourceReference>();
    for (const reference of expressions.flatMap(referencesOf)) {
      for (const each of resolved(`${module}\0${block}\0${reference}`)) {
        if (found.size < MOST_REFERENCES) found.set(`${each.address}\0${each.attribute}`, each);
      }
    }
    depth--;
    return [...found.values()];
  }

  function resolve(module: string, block: string, steps: readonly Step[]): readonly ResourceReference[] {
    const [first, second, ...rest] = steps;
    if (!first || !second) return [];
    if (first.name === 'var') return variable(module, second.name);
    if (first.name === 'each') return refersOf(looping(block), module, block);
    if (first.name === 'module') return output(module, second.name, rest);
    if (NOT_RESOURCES.has(first.name)) return [];
    return resource(module, steps);
  }

  function variable(module: string, name: string): readonly ResourceReference[] {
    const steps = stepsOf(module);
    const call = steps.at(-1)?.isKey ? -3 : -2;
    const caller = textOfSteps(steps.slice(0, call));
    const written = steps.slice(call)[1]?.name;
    if (written === undefined) return [];
    const site = at(modules.get(blockModule(caller)), 'module_calls', written);
    const expression = at(site, 'expressions', name);
    return expression ? refersOf([expression], caller, `${within(caller, 'module')}.${written}`) : [];
  }

  function looping(block: string): readonly Value[] {
    const called = block.slice(block.lastIndexOf('.') + 1);
    const owner = block.slice(0, Math.max(0, block.lastIndexOf('module.') - 1));
    const site = blocks.get(block) ?? at(modules.get(blockModule(owner)), 'module_calls', called);
    const each = at(site, 'for_each_expression');
    return each ? [each] : [];
  }

  function output(module: string, name: string, rest: readonly Step[]): readonly ResourceReference[] {
    const key = rest[0]?.isKey ? rest[0].name : '';
    const asked = rest.find(({ isKey }) => !isKey);
    const child = `${within(module, 'module')}.${name}${key}`;
    const outputs = at(modules.get(blockModule(child)), 'outputs');
    const wanted = asked ? [entryOf(outputs, asked.name)] : [...entriesOf(outputs)];
    return refersOf(
      wanted.flatMap((entry) => at(entry?.value, 'expression') ?? []),
      child,
      '',
    );
  }

  return {
    blocks: new Set(blocks.keys()),
    expressions: (block) => {
      const expressions = at(blocks.get(block), 'expressions');
      return expressions?.kind === 'mapping' ? expressions : null;
    },
    // Terraform writes the module that configures a provider in front of it: `module.net:aws.west`.
    providerOf: (block) =>
      textOf(at(blocks.get(block), 'provider_config_key'))
        ?.split(':')
        .at(-1),
    refersOf,
  };
}

const NOT_RESOURCES: ReadonlySet<string> = new Set(['local', 'path', 'terraform', 'count', 'self', 'ephemeral']);

function collect(
  module: Value | undefined,
  path: string,
  depth: number,
  blocks: Map<string, Mapping>,
  modules: Map<string, Mapping>,
): void {
  if (module?.kind !== 'mapping' || depth > DEEPEST) return;
  modules.set(path, module);
  for (const block of itemsOf(at(module, 'resources'))) {
    const address = textOf(at(block, 'address'));
    if (address !== undefined && block.kind === 'mapping') blocks.set(within(path, address), block);
  }
  for (const { key, value } of entriesOf(at(module, 'module_calls'))) {
    collect(at(value, 'module'), `${within(path, 'module')}.${key}`, depth + 1, blocks, modules);
  }
}

function blockModule(module: string): string {
  return textOfSteps(stepsOf(module).filter(({ isKey }) => !isKey));
}

/** The references of an expression and of what is nested in it; Terraform lists `a.b` beside every `a.b.c`. */
function referencesOf(expression: Value): readonly string[] {
  if (expression.kind === 'list') return expression.items.flatMap(referencesOf);
  const written = at(expression, 'references');
  if (written?.kind !== 'list') {
    if (expression.kind !== 'mapping' || expression.entries.has('constant_value')) return [];
    return [...entriesOf(expression)].flatMap(({ value }) => referencesOf(value));
  }
  const all = itemsOf(written).flatMap((item) => textOf(item) ?? []);
  // The longer one stands first.
  return all.filter((text, index) => {
    const before = all[index - 1];
    return before === undefined || !(before.startsWith(`${text}.`) || before.startsWith(`${text}[`));
  });
}

/** `aws_subnet.a[0].id`, `data.aws_ami.base`: a resource of the module instance `module`, and what is asked of it. */
function resource(module: string, steps: readonly Step[]): readonly ResourceReference[] {
  const named = steps[0]?.name === 'data' ? 3 : 2;
  const length = steps[named]?.isKey ? named + 1 : named;
  if (steps.length < named || steps.slice(0, named).some(({ isKey }) => isKey)) return [];
  const address = within(module, textOfSteps(steps.slice(0, length)));
  return [{ address, attribute: textOfSteps(steps.slice(length)) }];
}
