/** Everything that runs pods, whatever its kind is called; what a controller made is not counted beside it. */
import type { KubernetesObject } from '../../assemble/kubernetes/object.ts';
import { type PodTemplate, podTemplateOf } from '../../assemble/kubernetes/pod-template.ts';
import type { GatewayFact, NeedFact, WorkloadFact } from '../../graph/fragment.ts';
import type { Notice } from '../../source/notice.ts';
import { knativeGateway } from './knative.ts';
import { likeness, ownerOf } from './owner.ts';
import { scrapeNeeds } from './scrape.ts';
import { workloadOf } from './workload.ts';

/** What the objects with a pod template come to. */
export interface Pods {
  readonly workloads: readonly WorkloadFact[];
  readonly gateways: readonly GatewayFact[];
  readonly needs: readonly NeedFact[];
}

/** An object that is a workload, under the name and kind that people call it by. */
interface Runner {
  readonly object: KubernetesObject;
  readonly template: PodTemplate;
  /** Lower case. */
  readonly kind: string;
  readonly writtenKind: string;
}

const KNATIVE = 'knative-service';

/** The workloads among `objects`, with what leads to them and what asks to scrape them. */
export function readPods(objects: readonly KubernetesObject[], notices: Notice[]): Pods {
  const ids = new Map<string, number>();
  const gateways: GatewayFact[] = [];
  const needs: NeedFact[] = [];
  const workloads = runnersOf(objects).map(({ object, template, kind, writtenKind }) => {
    const id = freeId(idOf(kind, object.namespace, object.name), ids);
    const { workload, hostPorts } = workloadOf(object, template, id, { kind, writtenKind }, notices);
    gateways.push(...hostPorts);
    if (kind === KNATIVE) gateways.push(knativeGateway(object, workload));
    needs.push(...scrapeNeeds(template.metadata, { kind: 'workload', workload: id }, []));
    return workload;
  });
  return { workloads, gateways, needs };
}

/**
 * What runs by itself. An object whose controller is there too is that controller's; pods whose controller is not there
 * stand for it, one for all that it made alike (R20).
 */
function runnersOf(objects: readonly KubernetesObject[]): readonly Runner[] {
  const runners = objects.flatMap((object): Runner[] => {
    const template = podTemplateOf(object.root);
    return template ? [{ object, template, kind: kindOf(object), writtenKind: object.kind }] : [];
  });
  const controllers = new Set(
    runners.map(({ object, kind }) => idOf(kind, object.namespace, object.name)).filter((id) => !id.startsWith('pod/')),
  );
  const made = new Set<string>();
  return runners.flatMap((runner): Runner[] => {
    const { object, template } = runner;
    const owner = ownerOf(object);
    if (!owner) return [runner];
    const kind = owner.kind.toLowerCase();
    const id = idOf(kind, object.namespace, owner.name);
    if (controllers.has(id)) return [];
    if (object.kind !== 'Pod') return [runner];
    const alike = `${id} ${likeness(object)}`;
    if (made.has(alike)) return [];
    made.add(alike);
    return [{ object: { ...object, name: owner.name }, template, kind, writtenKind: owner.kind }];
  });
}

function kindOf({ group, kind }: KubernetesObject): string {
  return group === 'serving.knative.dev' && kind === 'Service' ? KNATIVE : kind.toLowerCase();
}

function idOf(kind: string, namespace: string, name: string): string {
  return `${kind}/${namespace}/${name}`;
}

/** Objects that the API server names may share the part of the name that is written. */
function freeId(wanted: string, taken: Map<string, number>): string {
  const times = (taken.get(wanted) ?? 0) + 1;
  taken.set(wanted, times);
  return times === 1 ? wanted : `${wanted}~${times}`;
}
