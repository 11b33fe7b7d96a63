/** Provider configurations (website/docs/language/modules/develop/providers). */
import type { Expression } from '../../parsers/hcl/syntax.ts';
import { type Unknown, unknown, type Value } from '../../source/value.ts';
import { type Cell, cell } from './evaluate/cell.ts';
import { evaluate } from './evaluate/expression.ts';
import { loweringOf } from './lower.ts';
import { expressionOf, headerOf, type ResourceDeclaration } from './module.ts';
import { addressIn, type ModuleInstance, scopeIn } from './run.ts';

/**
 * The provider configuration that a resource is made with, as the root module calls it: `aws`, `aws.west`. Where nothing
 * names one it is the one without an alias of the provider that the resource's type begins with.
 */
export function providerOf(instance: ModuleInstance, declaration: ResourceDeclaration): string {
  const written = expressionOf(declaration, 'provider');
  const name = (written && configurationName(written.node)) ?? declaration.type.split('_')[0] ?? declaration.type;
  return passedName(instance, name);
}

/** What a configuration of a module is called in the root module: calls pass them on, by name or by themselves. */
function passedName(instance: ModuleInstance, name: string): string {
  let [current, called] = [instance, name];
  while (current.parent) {
    if (current.module.providers.has(called)) return `${current.address}.${called}`;
    called = passedBy(current, called) ?? called;
    current = current.parent;
  }
  return called;
}

/** The projects of the configurations of Google Cloud that stand in a module, by the names that resources have them under. */
export function projectsIn(instance: ModuleInstance): readonly (readonly [string, Cell<Value>])[] {
  return [...instance.module.providers].flatMap(([name, declaration]) => {
    const written = expressionOf(declaration, 'project');
    if (!written || !name.startsWith('google')) return [];
    const { file, node } = written;
    const lowering = loweringOf(instance.via);
    const origin = lowering.origin({ file, start: node.start, end: node.end });
    const project = cell<Value>({
      name: () => addressIn(instance, name),
      origin: () => headerOf(declaration),
      // What is wrong with it is told where else it is used.
      failed: ({ message }): Unknown => unknown(message, origin),
      compute: () => lowering.value(evaluate(node, scopeIn(instance, written)), origin),
    });
    return [[addressIn(instance, name), project] as const];
  });
}

function passedBy(instance: ModuleInstance, name: string): string | undefined {
  const call = instance.parent?.module.calls.get(instance.path.at(-1) ?? '');
  const providers = call && expressionOf(call, 'providers')?.node;
  if (providers?.kind !== 'object') return undefined;
  const passed = providers.items.find(({ key }) => configurationName(key) === name);
  return passed && configurationName(passed.value);
}

/** `aws`, `aws.west`, also in quotes. */
function configurationName(expression: Expression): string | undefined {
  switch (expression.kind) {
    case 'variable':
      return expression.name;
    case 'text':
      return expression.value;
    case 'attr':
      return expression.on.kind === 'variable' ? `${expression.on.name}.${expression.name}` : undefined;
    case 'parentheses':
      return configurationName(expression.inner);
    default:
      return undefined;
  }
}
