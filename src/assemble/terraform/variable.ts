/** Variables: what a call, a file or a default gives them, as their type (website/docs/language/values/variables). */
import { notice } from '../../source/notice.ts';
import { type Cell, cell } from './evaluate/cell.ts';
import { convert } from './evaluate/convert.ts';
import { type Datum, unknownDatum, withMark } from './evaluate/datum.ts';
import { evaluate } from './evaluate/expression.ts';
import { type Budget, Fault } from './evaluate/fault.ts';
import type { Scope } from './evaluate/scope.ts';
import { parseType } from './evaluate/type-expression.ts';
import { ANY, type Type } from './evaluate/types.ts';
import { holdsSensitive } from './evaluate/weigh.ts';
import { type Declaration, expressionOf, headerOf, isTrue, membersOf } from './module.ts';
import { addressIn, type ModuleInstance, scopeIn } from './run.ts';

/** The value of a variable in a module instance. */
export function variableCell(instance: ModuleInstance, name: string, declaration: Declaration): Cell<Datum> {
  return cell<Datum>({
    name: () => addressIn(instance, `var.${name}`),
    origin: () => headerOf(declaration),
    compute: () => variableValue(instance, name, declaration),
    failed: (fault) => instance.run.refuse(fault),
  });
}

function variableValue(instance: ModuleInstance, name: string, declaration: Declaration): Datum {
  const scope = scopeIn(instance, declaration);
  const { budget } = instance.run.machine;
  const type = typeOf(declaration, scope, budget);
  const given = instance.input(name);
  const secret = isTrue(declaration, 'sensitive');
  const usesDefault = !given || (given.kind === 'null' && isFalse(declaration, 'nullable'));
  const value = usesDefault ? defaultOf(declaration, type, scope, budget) : converted(given, type, secret, budget);
  if (value) return withMark(value, secret);
  const whose = instance.parent ? `${instance.address} gives var.${name} no value` : `var.${name} has no value`;
  return withMark(unknownDatum('no-default', whose, headerOf(declaration)), secret);
}

/** A conversion whose fault shows nothing that must not be shown. */
function converted(value: Datum, type: Type, secret: boolean, budget: Budget): Datum {
  try {
    return convert(value, type, budget);
  } catch (error) {
    if (!(error instanceof Fault) || error.isLimit || !(secret || holdsSensitive(value))) throw error;
    throw new Fault('its value is not of the type that the variable declares', error.origin);
  }
}

const types = new WeakMap<Declaration, Type>();
const defaults = new WeakMap<Declaration, Datum>();

function typeOf(declaration: Declaration, scope: Scope, budget: Budget): Type {
  const known = types.get(declaration);
  if (known) return known;
  const written = expressionOf(declaration, 'type');
  const constant = (expression: NonNullable<typeof written>['node']) => evaluate(expression, scope);
  const type = written ? parseType(written.node, { file: written.file, constant, budget }) : ANY;
  types.set(declaration, type);
  return type;
}

/** A default names nothing, so that it is the same in every instance. */
function defaultOf(declaration: Declaration, type: Type, scope: Scope, budget: Budget): Datum | undefined {
  const known = defaults.get(declaration);
  const written = expressionOf(declaration, 'default');
  if (known || !written) return known;
  const value = evaluate(written.node, { ...scope, file: written.file });
  const made = converted(value, type, isTrue(declaration, 'sensitive'), budget);
  defaults.set(declaration, made);
  return made;
}

function isFalse(declaration: Declaration, name: string): boolean {
  const expression = expressionOf(declaration, name)?.node;
  return expression?.kind === 'literal' && expression.value === false;
}

/** Says which variables have values that their own validation refuses; what is unknown passes. */
export function validationCells(instance: ModuleInstance): readonly Cell<null>[] {
  return [...instance.module.variables].flatMap(([name, declaration]) =>
    (declaration.members.get('validation')?.blocks ?? []).map(({ file, node }) =>
      cell<null>({
        name: () => addressIn(instance, `var.${name}`),
        origin: () => headerOf(declaration),
        failed: () => null,
        compute: () => {
          const condition = expressionOf({ members: membersOf(file, node.body) }, 'condition');
          const passes = condition && evaluate(condition.node, scopeIn(instance, condition));
          if (passes?.kind !== 'bool' || passes.value) return null;
          const { origin } = instance.home.variable(name, headerOf(declaration));
          const message = `The value of var.${name} does not pass the validation of the variable: Terraform would refuse it.`;
          instance.run.report(notice('invalid-value', message, origin));
          return null;
        },
      }),
    ),
  );
}
