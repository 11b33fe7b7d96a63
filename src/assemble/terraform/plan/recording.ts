/** What `terraform show -json` says of a plan or a state (developer.hashicorp.com/terraform/internals/json-format), or a raw state. */
import type { Instance } from './instance.ts';
import type { Links } from './links.ts';

/** A plan or a state, read. */
export interface Recording {
  readonly path: string;
  readonly kind: 'plan' | 'state';
  /** Of a plan: it is of everything, neither targeted, nor deferred in parts, nor broken off. */
  readonly complete: boolean;
  /** The addresses of the blocks that the configuration of a plan holds; none where nothing says so. */
  readonly blocks: ReadonlySet<string>;
  readonly instances: readonly Instance[];
  /** Which value of one instance is an attribute of another. */
  readonly links: Links;
}
