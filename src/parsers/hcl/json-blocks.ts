/** What of a JSON file is a block: JSON writes arguments and blocks alike, and only the language says which is which. */

/** A kind of block: how many labels it has, what blocks Terraform itself knows in it, and which arguments are no templates. */
export interface BlockKind {
  readonly labels: number;
  readonly blocks: BlockKinds;
  /** Arguments whose strings hold an expression without `${ }`: references, and types. */
  readonly bare: ReadonlySet<string>;
  /** Arguments whose strings mean what they say. */
  readonly literal: ReadonlySet<string>;
}

/** Kinds of blocks by name. */
export type BlockKinds = ReadonlyMap<string, BlockKind>;

interface Details {
  readonly blocks?: Readonly<Record<string, BlockKind>>;
  readonly bare?: readonly string[];
  readonly literal?: readonly string[];
}

function kind(labels: number, { blocks = {}, bare = [], literal = [] }: Details = {}): BlockKind {
  return { labels, blocks: new Map(Object.entries(blocks)), bare: new Set(bare), literal: new Set(literal) };
}

const CONNECTION = kind(0);
const PROVISIONER = kind(1, { blocks: { connection: CONNECTION } });
const LIFECYCLE = kind(0, {
  blocks: { precondition: kind(0), postcondition: kind(0) },
  bare: ['ignore_changes', 'replace_triggered_by'],
});

/** `dynamic` stands in what it makes as well. */
const nested = new Map<string, BlockKind>();
const CONTENT: BlockKind = { ...kind(0), blocks: nested };
nested.set('dynamic', kind(1, { blocks: { content: CONTENT }, bare: ['iterator'] }));

/** A block of a provider, of which nothing is known but that `dynamic` may stand in it. */
export const PROVIDERS_BLOCK = CONTENT;

const RESOURCE: BlockKind = {
  ...kind(2, { bare: ['depends_on', 'provider'] }),
  blocks: new Map([...nested, ['lifecycle', LIFECYCLE], ['provisioner', PROVISIONER], ['connection', CONNECTION]]),
};

/** The blocks of a file of Terraform (hashicorp/terraform, internal/configs, `configFileSchema` and the schemas that it leads to). */
export const FILE_BLOCKS: BlockKinds = new Map(
  Object.entries({
    terraform: kind(0, {
      blocks: { backend: kind(1), required_providers: kind(0), cloud: kind(0), provider_meta: kind(1) },
    }),
    provider: kind(1),
    variable: kind(1, { blocks: { validation: kind(0) }, bare: ['type'], literal: ['default', 'description'] }),
    locals: kind(0),
    output: kind(1, { blocks: { precondition: kind(0) }, bare: ['depends_on'] }),
    module: kind(1, { bare: ['depends_on', 'providers'] }),
    resource: RESOURCE,
    data: RESOURCE,
    ephemeral: RESOURCE,
    check: kind(1, { blocks: { data: RESOURCE, assert: kind(0) } }),
    moved: kind(0, { bare: ['from', 'to'] }),
    import: kind(0, { bare: ['to', 'provider'] }),
    removed: kind(0, { blocks: { lifecycle: LIFECYCLE }, bare: ['from'] }),
  }),
);
