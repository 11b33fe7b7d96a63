/** Nested blocks and the `dynamic` blocks that make them (website/docs/language/expressions/dynamic-blocks). */
import type { Block } from '../../parsers/hcl/syntax.ts';
import type { Origin } from '../../source/span.ts';
import type { Datum, StructureDatum, UnknownDatum } from './evaluate/datum.ts';
import { derived } from './evaluate/derive.ts';
import { evaluate } from './evaluate/expression.ts';
import { Fault, spend } from './evaluate/fault.ts';
import { rounds } from './evaluate/loop.ts';
import { bind, type Scope } from './evaluate/scope.ts';
import { expressionOf, headerOf, type Member, type Members, membersOf, type Written } from './module.ts';

/** What an attribute of a block that nobody writes is. */
export type Rest = (name: string) => UnknownDatum;

/** The value of what stands under a name in a body: of an attribute its own, of blocks the list of them. */
export function memberValue({ attribute, blocks }: Member, scope: Scope, rest: Rest, name: string): Datum {
  if (attribute) return evaluate(attribute.node.value, { ...scope, file: attribute.file });
  const items = blocks.flatMap((block) => bodiesOf(block, scope, rest));
  const [first] = blocks;
  const origin = first ? headerOf({ file: first.file, block: first.node }) : { file: scope.file, start: 0, end: 0 };
  return { kind: 'list', items, origin, rest: () => rest(name) };
}

const bodies = new WeakMap<Block, Members>();

/** The bodies that a block makes: its own, or those of a `dynamic` block. */
function bodiesOf({ file, node }: Written<Block>, scope: Scope, rest: Rest): readonly Datum[] {
  const known = bodies.get(node);
  const members = known ?? membersOf(file, node.body);
  if (!known) bodies.set(node, members);
  const header = headerOf({ file, block: node });
  if (node.type !== 'dynamic') return [bodyValue(members, { ...scope, file }, rest, header)];
  try {
    return madeBodies(node, members, { ...scope, file }, rest, header);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return [unmade(scope.home.refuse(error), header)];
  }
}

function madeBodies(block: Block, members: Members, scope: Scope, rest: Rest, header: Origin): readonly Datum[] {
  const each = expressionOf({ members }, 'for_each');
  const content = members.get('content')?.blocks[0];
  if (!each || !content) throw new Fault('a dynamic block needs for_each and content', header);
  const of = evaluate(each.node, scope);
  const iterator = expressionOf({ members }, 'iterator')?.node;
  const label = block.labels[0]?.text ?? '';
  const name = iterator?.kind === 'variable' ? iterator.name : iterator?.kind === 'text' ? iterator.value : label;
  const turns = rounds(of, scope, { file: each.file, start: each.node.start, end: each.node.end });
  const bodyOf = (key: Datum, value: Datum) => {
    const entries = new Map([
      ['key', key],
      ['value', value],
    ]);
    const inner = bind(scope, name, { kind: 'object', entries, origin: value.origin });
    const made = bodiesOf(content, inner, rest)[0] as StructureDatum;
    return { ...made, origin: header };
  };
  if ('of' in turns) return [{ ...bodyOf(turns.key, turns.value), uncertain: derived(turns.of) }];
  return turns.map(({ key, value }) => bodyOf(key, value));
}

/** A block of which nothing is known, not even whether it is there. */
function unmade(why: UnknownDatum, origin: Origin): Datum {
  return { kind: 'object', entries: new Map(), rest: () => why, uncertain: why, origin };
}

/** What a body takes besides its entries, in steps. */
const BODY_STEPS = 10;

function bodyValue(members: Members, scope: Scope, rest: Rest, origin: Origin): StructureDatum {
  spend(scope.home.machine.budget, BODY_STEPS + members.size, origin);
  const entries = new Map<string, Datum>();
  const keys = new Map<string, Origin>();
  for (const [name, member] of members) {
    entries.set(name, valueOrUnknown(member, scope, rest, name));
    keys.set(name, keyOf(member, scope.file));
  }
  return { kind: 'object', entries, keys, rest, origin };
}

function valueOrUnknown(member: Member, scope: Scope, rest: Rest, name: string): Datum {
  const { depth } = scope.home.machine;
  try {
    return memberValue(member, scope, rest, name);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    scope.home.machine.depth = depth;
    return scope.home.refuse(error);
  }
}

/** Where a member is named: an attribute's name, the first block's header. */
export function keyOf({ attribute, blocks }: Member, file: string): Origin {
  if (attribute) return { file: attribute.file, start: attribute.node.key.start, end: attribute.node.key.end };
  const [first] = blocks;
  return first ? headerOf({ file: first.file, block: first.node }) : { file, start: 0, end: 0 };
}
