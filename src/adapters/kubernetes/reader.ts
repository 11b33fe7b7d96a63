import type { KubernetesObject } from '../../assemble/kubernetes/object.ts';
import type { ConfigFact, GatewayFact, GuardFact, NeedFact, PermitFact } from '../../graph/fragment.ts';
import type { Notice } from '../../source/notice.ts';

/** What objects without pods say, while it is gathered. */
export interface Facts {
  readonly gateways: GatewayFact[];
  readonly guards: GuardFact[];
  readonly needs: NeedFact[];
  readonly configs: ConfigFact[];
  readonly permits: PermitFact[];
  readonly notices: Notice[];
}

/** Adds to `facts` what one object says. */
export type Reader = (object: KubernetesObject, facts: Facts) => void;

/** The readers for a unit of these objects, by group and kind. What other objects of the unit say of one is in them. */
export type Readers = (objects: readonly KubernetesObject[]) => ReadonlyMap<string, Reader>;
