/** What the files of one folder declare together (website/docs/language/files, "Override Files"). */
import type { Attribute, Block, Body, Expression } from '../../parsers/hcl/syntax.ts';
import { append } from '../../source/multimap.ts';
import { type Notice, notice } from '../../source/notice.ts';
import type { Origin } from '../../source/span.ts';

/** A piece of syntax and the file that its offsets are in. */
export interface Written<T> {
  readonly file: string;
  readonly node: T;
}

/** What stands under one name in a body: an attribute, or blocks (those of `dynamic` under the name that they make). */
export interface Member {
  readonly attribute: Written<Attribute> | null;
  readonly blocks: readonly Written<Block>[];
}

/** A body by names, in their order. */
export type Members = ReadonlyMap<string, Member>;

/** A block at the top of a file, with what override files say of it. */
export interface Declaration {
  readonly file: string;
  readonly block: Block;
  readonly members: Members;
}

/** A `resource` or `data` block. */
export interface ResourceDeclaration extends Declaration {
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
}

/** What a folder declares. */
export interface Module {
  readonly folder: string;
  /** The files that it is made of, sorted by code units. */
  readonly files: readonly string[];
  readonly variables: ReadonlyMap<string, Declaration>;
  readonly locals: ReadonlyMap<string, Written<Attribute>>;
  readonly outputs: ReadonlyMap<string, Declaration>;
  /** By `type.name` and `data.type.name`. */
  readonly resources: ReadonlyMap<string, ResourceDeclaration>;
  readonly calls: ReadonlyMap<string, Declaration>;
  /** The provider configurations that stand here, by name: `aws`, `aws.west`. */
  readonly providers: ReadonlyMap<string, Declaration>;
  /** It says where its state is kept, which only what is applied does. */
  readonly backend: boolean;
  readonly notices: readonly Notice[];
}

/** A file of a module, parsed. */
export interface ModuleFile {
  readonly path: string;
  readonly body: Body;
  /** What it says replaces what other files say (`override.tf`, `*_override.tf`). */
  readonly override: boolean;
}

/** The value of an attribute of a declaration, with its file. */
export function expressionOf({ members }: Pick<Declaration, 'members'>, name: string): Written<Expression> | undefined {
  const attribute = members.get(name)?.attribute;
  return attribute ? { file: attribute.file, node: attribute.node.value } : undefined;
}

/** The text of an attribute that is written as a plain string. */
export function constantText(declaration: Pick<Declaration, 'members'>, name: string): string | undefined {
  const expression = expressionOf(declaration, name)?.node;
  return expression?.kind === 'text' ? expression.value : undefined;
}

/** Whether an attribute is written as `true`. */
export function isTrue(declaration: Pick<Declaration, 'members'>, name: string): boolean {
  const expression = expressionOf(declaration, name)?.node;
  return expression?.kind === 'literal' && expression.value === true;
}

/** The place of the line that a person would call by the block's name. */
export function headerOf({ file, block }: Pick<Declaration, 'file' | 'block'>): Origin {
  return { file, start: block.header.start, end: block.header.end };
}

/** What `files` declare together; those that override come last, in the order of their names. */
export function moduleOf(folder: string, files: readonly ModuleFile[]): Module {
  const draft: Draft = {
    variables: new Map(),
    locals: new Map(),
    outputs: new Map(),
    resources: new Map(),
    calls: new Map(),
    providers: new Map(),
    backend: false,
    notices: [],
  };
  const ordered = [...files.filter(({ override }) => !override), ...files.filter(({ override }) => override)];
  for (const file of ordered) {
    for (const item of file.body.items) if (item.kind === 'block') addBlock(draft, item, file);
  }
  return { ...draft, folder, files: files.map(({ path }) => path).sort() };
}

interface Draft {
  readonly variables: Map<string, Declaration>;
  readonly locals: Map<string, Written<Attribute>>;
  readonly outputs: Map<string, Declaration>;
  readonly resources: Map<string, ResourceDeclaration>;
  readonly calls: Map<string, Declaration>;
  readonly providers: Map<string, Declaration>;
  readonly notices: Notice[];
  backend: boolean;
}

/** `moved`, `import`, `removed`, `check` and `ephemeral` blocks make nothing that stays. */
function addBlock(draft: Draft, block: Block, { path: file, override }: ModuleFile): void {
  const [first, second] = block.labels;
  const put = <T extends Declaration>(among: Map<string, T>, key: string, made: T) => {
    const known = among.get(key);
    if (!known) among.set(key, made);
    else if (override) among.set(key, { ...known, members: new Map([...known.members, ...made.members]) });
    else draft.notices.push(declaredTwice(made, key));
  };
  switch (block.type) {
    case 'variable':
      if (first) put(draft.variables, first.text, declarationOf(file, block));
      break;
    case 'output':
      if (first) put(draft.outputs, first.text, declarationOf(file, block));
      break;
    case 'module':
      if (first) put(draft.calls, first.text, declarationOf(file, block));
      break;
    case 'resource':
    case 'data':
      if (first && second) {
        const mode = block.type === 'data' ? 'data' : 'managed';
        const key = `${mode === 'data' ? 'data.' : ''}${first.text}.${second.text}`;
        put(draft.resources, key, { ...declarationOf(file, block), mode, type: first.text, name: second.text });
      }
      break;
    case 'locals':
      for (const node of block.body.items) if (node.kind === 'attribute') draft.locals.set(node.name, { file, node });
      break;
    case 'provider':
      if (first) draft.providers.set(providerName(first.text, block), declarationOf(file, block));
      break;
    case 'terraform':
      if (block.body.items.some(isBackend)) draft.backend = true;
  }
}

function declaredTwice(made: Declaration, key: string): Notice {
  const message = `This module declares ${made.block.type} "${key}" twice; the first stands here, and Terraform would refuse it. Rename one.`;
  return notice('duplicate-key', message, headerOf(made));
}

function isBackend(item: Attribute | Block): boolean {
  return item.kind === 'block' && (item.type === 'backend' || item.type === 'cloud');
}

function providerName(type: string, block: Block): string {
  const alias = block.body.items.find((item) => item.kind === 'attribute' && item.name === 'alias');
  const name = alias?.kind === 'attribute' && alias.value.kind === 'text' ? alias.value.value : undefined;
  return name === undefined ? type : `${type}.${name}`;
}

function declarationOf(file: string, block: Block): Declaration {
  return { file, block, members: membersOf(file, block.body) };
}

/** The body by names. */
export function membersOf(file: string, body: Body): Members {
  const attributes = new Map<string, Written<Attribute>>();
  const blocks = new Map<string, Written<Block>[]>();
  const names = new Set<string>();
  for (const item of body.items) {
    const name = item.kind === 'attribute' ? item.name : madeBy(item);
    names.add(name);
    if (item.kind === 'attribute') attributes.set(name, { file, node: item });
    else append(blocks, name, { file, node: item });
  }
  const member = (name: string): Member => ({
    attribute: attributes.get(name) ?? null,
    blocks: blocks.get(name) ?? [],
  });
  return new Map([...names].map((name) => [name, member(name)]));
}

/** What a block is called in its body: `dynamic "ingress"` makes blocks called `ingress`. */
function madeBy(block: Block): string {
  return block.type === 'dynamic' ? (block.labels[0]?.text ?? block.type) : block.type;
}
