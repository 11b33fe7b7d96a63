/**
 * What a file of HCL holds (native syntax: hashicorp/hcl, hclsyntax/spec.md; the JSON syntax is read into the same
 * shape). Offsets are UTF-16 code units of the file's text, `end` exclusive; nodes do not repeat the file.
 */

/** Where a node stands in its file. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The inside of a file or of a block: attributes and blocks in their order. */
export interface Body extends Range {
  readonly items: readonly (Attribute | Block)[];
}

/** `name = expression`. */
export interface Attribute extends Range {
  readonly kind: 'attribute';
  readonly name: string;
  /** The name alone. */
  readonly key: Range;
  readonly value: Expression;
}

/** `type "label" label { … }`. */
export interface Block extends Range {
  readonly kind: 'block';
  readonly type: string;
  readonly labels: readonly Label[];
  /** From the type to the last label: the line that a person would call "the resource". */
  readonly header: Range;
  readonly body: Body;
}

/** One label of a block, quoted or not. */
export interface Label extends Range {
  readonly text: string;
}

/** Whatever has a value. */
export type Expression =
  | Literal
  | Text
  | Template
  | Tuple
  | ObjectExpression
  | Variable
  | Attr
  | Index
  | Splat
  | Item
  | Call
  | Conditional
  | Binary
  | Unary
  | For
  | Parentheses
  | Invalid;

/** A number, a truth value or null; `text` is a number as written. */
export interface Literal extends Range {
  readonly kind: 'literal';
  readonly value: number | boolean | null;
  readonly text: string;
}

/** A quoted string or a heredoc without anything to fill in, unescaped. */
export interface Text extends Range {
  readonly kind: 'text';
  readonly value: string;
  readonly heredoc?: true;
}

/** A quoted string or a heredoc with sequences in it. A template of one interpolation alone has the value of that (spec, "template unwrapping"). */
export interface Template extends Range {
  readonly kind: 'template';
  readonly parts: readonly Part[];
  readonly heredoc?: true;
}

/** A piece of a template; `~` has been applied to the texts around it. */
export type Part = Text | Interpolation | IfDirective | ForDirective;

/** `${ … }`. */
export interface Interpolation extends Range {
  readonly kind: 'interpolation';
  readonly value: Expression;
}

/** `%{ if … }…%{ else }…%{ endif }`. */
export interface IfDirective extends Range {
  readonly kind: 'if';
  readonly condition: Expression;
  readonly then: readonly Part[];
  readonly otherwise: readonly Part[];
}

/** `%{ for k, v in … }…%{ endfor }`. */
export interface ForDirective extends Range {
  readonly kind: 'for-directive';
  readonly key: string | null;
  readonly item: string;
  readonly of: Expression;
  readonly parts: readonly Part[];
}

/** `[a, b]`. */
export interface Tuple extends Range {
  readonly kind: 'tuple';
  readonly items: readonly Expression[];
}

/** `{ a = 1, (b) = 2 }`. A bare name as a key is a `text`. */
export interface ObjectExpression extends Range {
  readonly kind: 'object';
  readonly items: readonly { readonly key: Expression; readonly value: Expression }[];
}

/** The first name of a traversal: `var`, `local`, `aws_instance`, an iterator. */
export interface Variable extends Range {
  readonly kind: 'variable';
  readonly name: string;
}

/** `on.name`. */
export interface Attr extends Range {
  readonly kind: 'attr';
  readonly on: Expression;
  readonly name: string;
  /** The name alone. */
  readonly key: Range;
}

/** `on[key]`, and `on.0` of Terraform 0.11. */
export interface Index extends Range {
  readonly kind: 'index';
  readonly on: Expression;
  readonly key: Expression;
}

/** `on.*.a` (of attributes) and `on[*].a[0]` (full): `each` is what is asked of an item, which `Item` stands for. */
export interface Splat extends Range {
  readonly kind: 'splat';
  readonly on: Expression;
  readonly each: Expression;
  readonly full: boolean;
}

/** The item of the splat around it. */
export interface Item extends Range {
  readonly kind: 'item';
}

/** `name(a, b...)`, with `provider::aws::name` in one text. */
export interface Call extends Range {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Expression[];
  /** The last argument is a list of arguments (`...`). */
  readonly expand: boolean;
}

/** `condition ? then : otherwise`. */
export interface Conditional extends Range {
  readonly kind: 'conditional';
  readonly condition: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}

export type BinaryOperator = '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%';

/** `left operator right`. */
export interface Binary extends Range {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

/** `!a`, `-a`. */
export interface Unary extends Range {
  readonly kind: 'unary';
  readonly operator: '!' | '-';
  readonly operand: Expression;
}

/** `[for k, v in of : value if condition]`, `{for … : key => value... }`. */
export interface For extends Range {
  readonly kind: 'for';
  readonly shape: 'tuple' | 'object';
  readonly key: string | null;
  readonly item: string;
  readonly of: Expression;
  /** Of an object: the key; null in a tuple. */
  readonly keyed: Expression | null;
  readonly value: Expression;
  /** `...`: values of one key are grouped. */
  readonly grouped: boolean;
  readonly condition: Expression | null;
}

/** `( … )`: kept, since an object key in parentheses is an expression. */
export interface Parentheses extends Range {
  readonly kind: 'parentheses';
  readonly inner: Expression;
}

/** What could not be read; a notice of the file says why. */
export interface Invalid extends Range {
  readonly kind: 'invalid';
}
