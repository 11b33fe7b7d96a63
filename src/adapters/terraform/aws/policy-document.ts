/**
 * Policies of AWS as they are written: as a text of JSON, as what `jsonencode` was given, or as a data source that makes one
 * (`aws_iam_policy_document`). What a statement means is its user's matter.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { Origin } from '../../../source/span.ts';
import { entriesOf, itemsOf, type Unknown, unknown, type Value } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { jsonValue } from '../json.ts';
import { type Block, blocks, get, isUnknown, knownText, referencesIn, textsIn, type Written } from '../resource.ts';

/** What a condition compares, in small letters, since keys and operators mean the same in any case. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly (Written | Unknown)[];
  readonly origin: Origin;
}

/** Texts of one list of a statement; undefined where it has no such list. */
export type Listed = readonly (Written | Unknown)[] | undefined;

/** One statement of a policy. All its conditions have to hold. */
export interface Statement {
  readonly allows: boolean;
  /** Whom it is about, the texts of all kinds of principals together. */
  readonly principals: Listed;
  readonly notPrincipals: Listed;
  readonly actions: Listed;
  readonly notActions: Listed;
  readonly resources: Listed;
  readonly notResources: Listed;
  readonly conditions: readonly Condition[];
  /** Why it may not be there. */
  readonly uncertain?: Unknown;
  readonly origin: Origin;
}

const DOCUMENT = 'aws_iam_policy_document';

/** How many documents may be made of each other; more are read by nobody. */
const DEEPEST = 8;

/** The statements of a policy; an unknown among them may be any number of these. */
export function statementsOf(policy: Value, context: Context, depth = 0): readonly (Statement | Unknown)[] {
  const document = jsonValue(policy);
  if (document?.kind === 'mapping') return written(document);
  const [reference, ...others] = referencesIn(policy);
  const source = others.length === 0 && reference ? context.source(reference.address, DOCUMENT) : undefined;
  if (source && depth < DEEPEST) return made(source, context, depth);
  return [isUnknown(policy) ? policy : unknown('it is no policy in JSON', policy.origin)];
}

// As JSON -----------------------------------------------------------------------------------------------------------

function written(document: Block): readonly (Statement | Unknown)[] {
  const list = get(document, 'Statement');
  if (list === undefined) return [];
  if (list.kind === 'unknown') return [list];
  const items = list.kind === 'list' ? list.items : [list];
  return items.flatMap((item): readonly (Statement | Unknown)[] => {
    if (item.kind === 'unknown') return [item];
    return item.kind === 'mapping' ? [ofJson(item)] : [unknown('it is no statement of a policy', item.origin)];
  });
}

function ofJson(block: Block): Statement {
  const conditions = [...entriesOf(get(block, 'Condition'))].flatMap(({ key: operator, value }) =>
    [...entriesOf(value)].map((entry): Condition => {
      const values = textsIn(entry.value);
      return { operator: operator.toLowerCase(), key: entry.key.toLowerCase(), values, origin: entry.value.origin };
    }),
  );
  const hidden = [get(block, 'Condition'), get(block, 'Effect'), block.uncertain].find(isUnknown);
  return {
    allows: knownText(block, 'Effect') !== 'Deny',
    principals: principalsIn(get(block, 'Principal')),
    notPrincipals: principalsIn(get(block, 'NotPrincipal')),
    actions: listed(block, 'Action'),
    notActions: listed(block, 'NotAction'),
    resources: listed(block, 'Resource'),
    notResources: listed(block, 'NotResource'),
    conditions,
    ...(hidden ? { uncertain: hidden } : {}),
    origin: block.origin,
  };
}

/** Everybody, or lists by kind of principal. */
function principalsIn(value: Value | undefined): Listed {
  if (value?.kind !== 'mapping') return value && textsIn(value);
  return [...value.entries.values()].flatMap((entry) => textsIn(entry.value));
}

function listed(block: Block, name: string): Listed {
  const value = get(block, name);
  return value && textsIn(value);
}

// As a data source --------------------------------------------------------------------------------------------------

/** Its own statements, those of the documents that it starts from before them; of two with one name the last counts. */
function made(source: Resource, context: Context, depth: number): readonly (Statement | Unknown)[] {
  const others = (names: readonly string[]) =>
    names
      .flatMap((name) => get(source.body, name) ?? [])
      .flatMap((value) => (value.kind === 'list' ? itemsOf(value) : [value]))
      .flatMap((value) => statementsOf(value, context, depth + 1));
  const own = blocks(source.body, 'statement').map((block) => (isUnknown(block) ? block : ofBlock(block)));
  const over = others(['override_policy_documents', 'override_json']);
  // Which of the statements these replace is said by names that are not read here.
  const replaced = over.length === 0 ? own : own.map(doubted);
  return [...others(['source_policy_documents', 'source_json']), ...replaced, ...over];
}

function doubted(statement: Statement | Unknown): Statement | Unknown {
  if (isUnknown(statement)) return statement;
  return { ...statement, uncertain: unknown('another document may replace it', statement.origin) };
}

function ofBlock(block: Block): Statement {
  const conditions = blocks(block, 'condition').map((one): Condition | Unknown => {
    if (isUnknown(one)) return one;
    const [operator, key] = [knownText(one, 'test'), knownText(one, 'variable')];
    if (operator === undefined || key === undefined) return unknown('what it compares is not in the code', one.origin);
    const values = get(one, 'values');
    return {
      operator: operator.toLowerCase(),
      key: key.toLowerCase(),
      values: values ? textsIn(values) : [],
      origin: values?.origin ?? one.origin,
    };
  });
  const principals = named(block, 'principals');
  const hidden = [...conditions, get(block, 'effect'), block.uncertain].find(isUnknown);
  return {
    allows: knownText(block, 'effect') !== 'Deny',
    principals,
    notPrincipals: named(block, 'not_principals'),
    actions: listed(block, 'actions'),
    notActions: listed(block, 'not_actions'),
    resources: listed(block, 'resources'),
    notResources: listed(block, 'not_resources'),
    conditions: conditions.filter((one): one is Condition => !isUnknown(one)),
    ...(hidden ? { uncertain: hidden } : {}),
    origin: block.origin,
  };
}

function named(block: Block, name: string): Listed {
  const found = blocks(block, name);
  if (found.length === 0) return undefined;
  return found.flatMap((one) => (isUnknown(one) ? [one] : (listed(one, 'identifiers') ?? [])));
}
