/** The API server of a managed cluster (R68, R76, R80): alike on all clouds but for the switches that close it. */
import type { Resource } from '../../assemble/terraform/unit.ts';
import type { TraitFact } from '../../graph/trait.ts';
import type { Origin } from '../../source/span.ts';
import type { Unknown } from '../../source/value.ts';
import { accessList } from './access-list.ts';
import type { Context } from './context.ts';
import { type Facts, workloadFact } from './facts.ts';
import { mark } from './guard.ts';
import { isUnknown, type Written } from './resource.ts';

/** What a cluster says about its API. */
interface Api {
  /** Whether it has no address of the internet. */
  readonly shut: boolean | Unknown;
  /** The line that says so. */
  readonly place: Origin;
  /** Whom it lets in; undefined for everybody. */
  readonly allowed: readonly (Written | Unknown)[] | undefined;
  /** What else it says of the cluster. */
  readonly traits?: readonly TraitFact[];
}

export function clusterApi(cluster: Resource, { shut, place, allowed, traits = [] }: Api, context: Context): Facts {
  const list = allowed && accessList(cluster, allowed, context);
  return {
    guards: list ? [list] : [],
    workloads: [
      workloadFact(cluster, {
        kind: 'kubernetes-api',
        traits,
        labels: new Map(list ? [mark(list.id, context)] : []),
        publicAddresses:
          shut === true ? [] : [{ address: null, origin: place, ...(isUnknown(shut) ? { unknown: shut } : {}) }],
        provides: [
          {
            service: 'kube-apiserver',
            ports: { from: 443, to: 443 },
            protocol: 'tcp',
            transport: 'tls',
            authentication: 'iam',
            origin: cluster.origin,
          },
        ],
      }),
    ],
  };
}
