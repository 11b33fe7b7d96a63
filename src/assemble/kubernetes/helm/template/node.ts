/** The syntax tree of a Go template. Offsets are in the template's own text. */

/** A stretch of the template, `end` exclusive. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** What a template is made of. */
export type Node = Copy | Action | Branch | Call | Jump;

/** Text outside actions. */
export interface Copy extends Place {
  readonly kind: 'copy';
}

/** `{{ pipeline }}`: written out, unless it declares variables. */
export interface Action extends Place {
  readonly kind: 'action';
  readonly pipe: Pipe;
}

/** A block that is written as its pipeline says: once, never, or as often as there are items. */
export interface Branch extends Place {
  readonly kind: 'if' | 'with' | 'range';
  readonly pipe: Pipe;
  readonly body: readonly Node[];
  readonly otherwise: readonly Node[];
}

/** `{{ template "name" pipeline }}`, and what `block` leaves in its place. */
export interface Call extends Place {
  readonly kind: 'template';
  readonly name: string;
  readonly pipe: Pipe | null;
}

/** `{{ break }}`, `{{ continue }}`. */
export interface Jump extends Place {
  readonly kind: 'break' | 'continue';
}

/** Commands, each of which is given the value of the one before it as its last argument. */
export interface Pipe extends Place {
  readonly kind: 'pipe';
  /** Variables with their `$`, which the value is given to. */
  readonly variables: readonly string[];
  /** `=` rather than `:=`. */
  readonly assign: boolean;
  readonly commands: readonly Command[];
}

/** An operand, or a function or method with its arguments. */
export interface Command extends Place {
  readonly first: Operand;
  readonly rest: readonly Operand[];
}

/** What stands between blanks in a command. */
export type Operand =
  | Pipe
  | (Place & { readonly kind: 'dot' | 'nil' })
  | (Place & { readonly kind: 'bool'; readonly value: boolean })
  | (Place & { readonly kind: 'number'; readonly value: number; readonly float: boolean })
  | (Place & { readonly kind: 'string'; readonly value: string })
  | (Place & { readonly kind: 'function'; readonly name: string })
  | (Place & { readonly kind: 'variable'; readonly name: string })
  /** Fields of the dot where `of` is null. */
  | (Place & { readonly kind: 'fields'; readonly of: Operand | null; readonly names: readonly string[] });
