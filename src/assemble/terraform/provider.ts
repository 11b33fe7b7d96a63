/** Provider configurations (website/docs/language/modules/develop/providers). */
import type { Expression } from '../../parsers/hcl/syntax.ts';
import { expressionOf, type ResourceDeclaration } from './module.ts';
import type { ModuleInstance } from './run.ts';

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
