/** Pods and sets that another object made: what a cluster prints, rather than what people write. */
import type { KubernetesObject } from '../../assemble/kubernetes/object.ts';
import { byText } from '../../source/order.ts';
import { at, booleanOf, itemsOf, textOf } from '../../source/value.ts';
import { labelsOf } from './selector.ts';

/** The controller of a pod. */
export interface Owner {
  /** As it is written; `Pod` where the reference does not say. */
  readonly kind: string;
  readonly name: string;
}

/** The controller that made the object (R20); a node, which owns its static pods, is none. */
export function ownerOf(object: KubernetesObject): Owner | undefined {
  for (const reference of itemsOf(at(object.root, 'metadata', 'ownerReferences'))) {
    const name = textOf(at(reference, 'name'));
    const kind = textOf(at(reference, 'kind')) ?? 'Pod';
    if (name && kind.toLowerCase() !== 'node' && booleanOf(at(reference, 'controller')) === true) return { kind, name };
  }
  return undefined;
}

/** Labels that controllers write, each pod or revision its own. */
const VOLATILE =
  /^(pod-template-hash|controller-revision-hash|pod-template-generation|controller-uid|job-name|statefulset\.kubernetes\.io\/pod-name|apps\.kubernetes\.io\/pod-index|batch\.kubernetes\.io\/.*)$/;

/** Equal for pods that a controller made alike: which of them it is tells nobody apart. */
export function likeness(object: KubernetesObject): string {
  const labels = [...labelsOf(at(object.root, 'metadata', 'labels'))].filter(([key]) => !VOLATILE.test(key));
  return JSON.stringify(labels.sort(byText(([key]) => key)));
}
