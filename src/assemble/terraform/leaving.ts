/** Where resources are named for others: outputs of the root module, and what modules are given that nobody reads. */
import { isInput } from './call.ts';
import type { Cell } from './evaluate/cell.ts';
import { cell } from './evaluate/cell.ts';
import { refersOf } from './evaluate/derive.ts';
import { evaluate } from './evaluate/expression.ts';
import type { Binding } from './evaluate/scope.ts';
import { loweringOf } from './lower.ts';
import { MODEL } from './models.ts';
import { type Declaration, expressionOf, headerOf } from './module.ts';
import { addressIn, type CallInstance, type ModuleInstance, scopeIn } from './run.ts';
import type { Leaving } from './unit.ts';

/** The names that outputs of the root module give to whoever deploys it. */
export function leavingByOutputs(root: ModuleInstance): readonly Cell<readonly Leaving[]>[] {
  return [...root.module.outputs].map(([name, declaration]) =>
    named(root, `output.${name}`, declaration, 'value', null),
  );
}

/** The names that a call gives to a module that is not on disk, or to inputs of one that its model does not know. */
export function leavingByCalls(
  instance: ModuleInstance,
  name: string,
  calls: readonly CallInstance[],
): readonly Cell<readonly Leaving[]>[] {
  const declaration = instance.module.calls.get(name);
  if (!declaration) return [];
  return calls.flatMap(({ inside, names }) => {
    const module = inside?.module;
    if (module && !module.folder.startsWith(MODEL)) return [];
    const inputs = [...declaration.members.keys()].filter((key) => isInput(key) && !module?.variables.has(key));
    return inputs.map((key) => named(instance, `module.${name}`, declaration, key, names));
  });
}

function named(
  instance: ModuleInstance,
  through: string,
  declaration: Declaration,
  key: string,
  names: Binding | null,
): Cell<readonly Leaving[]> {
  const lowering = loweringOf(instance.via);
  return cell<readonly Leaving[]>({
    name: () => addressIn(instance, through),
    origin: () => headerOf(declaration),
    // What is wrong with it is told where it is used.
    failed: () => [],
    compute: () => {
      const written = expressionOf(declaration, key);
      if (!written) return [];
      const value = evaluate(written.node, scopeIn(instance, written, names));
      const { file, node } = written;
      const origin = lowering.origin({ file, start: node.start, end: node.end });
      return refersOf([value]).map(({ address }) => ({ address, through: addressIn(instance, through), origin }));
    },
  });
}
