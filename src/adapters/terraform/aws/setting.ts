/** Attributes by the path of blocks that leads to them, and the switches that they are. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { Origin } from '../../../source/span.ts';
import { type Unknown, unknown, type Value } from '../../../source/value.ts';
import { type Block, firstBlock, get, isUnknown, originOf, text, truth } from '../resource.ts';
import type { Switch } from './managed-service.ts';

/** The block that an attribute stands in, undefined where it is not there, and the nearest block around that is. */
export function placeOf(
  body: Block,
  path: string,
): { readonly block: Block | undefined; readonly name: string; readonly near: Block } {
  const names = path.split('.');
  const name = names.pop() as string;
  let block: Block | undefined = body;
  let near = body;
  for (const outer of names) {
    block = firstBlock(block, outer);
    near = block ?? near;
  }
  return { block, name, near };
}

/** The value at a path. */
export function at(body: Block, path: string): Value | undefined {
  const { block, name } = placeOf(body, path);
  return get(block, name);
}

/** The line of an attribute; where it is left out, that of the nearest block, and of the resource for want of any. */
export function lineOf({ body, origin }: Resource, path: string): Origin {
  const { block, name, near } = placeOf(body, path);
  return originOf(block, name, near === body ? origin : near.origin);
}

/** Whether a switch is on, and the line that says so, or that would. */
export function settingOf(
  resource: Resource,
  { attribute, yes, otherwise, withoutBlock }: Switch,
): { readonly on: boolean | Unknown; readonly origin: Origin } {
  const origin = lineOf(resource, attribute);
  const { block, name } = placeOf(resource.body, attribute);
  const silent = block === undefined ? (withoutBlock ?? otherwise) : otherwise;
  if (get(block, name) === undefined) {
    return { on: typeof silent === 'string' ? unknown(silent, origin) : silent, origin };
  }
  if (!yes) return { on: truth(block, name, false), origin };
  const said = text(block, name);
  return { on: isUnknown(said) ? said : yes.includes(said ?? ''), origin };
}
