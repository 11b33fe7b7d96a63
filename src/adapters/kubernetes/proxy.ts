/** Proxies that run here and serve Ingresses (R40): who they are, and the classes that they take in. */
import type { KubernetesObject } from '../../assemble/kubernetes/object.ts';
import type { ContainerFact, ProxyFact, WorkloadFact } from '../../graph/fragment.ts';
import { at, textOf } from '../../source/value.ts';
import { annotationsOf } from './field.ts';

/** A proxy by its image: the class that it serves unless it is told another, and what classes call its controller. */
interface Known {
  /** The end of the image's repository, from a `/` on. */
  readonly image: string;
  readonly className: string;
  readonly controller?: string;
  /** It takes routes without a class in as well, as long as it is told no class. */
  readonly classless?: true;
  /** What its command line, or another image beside it, has to show: the image serves other ends too. */
  readonly shows?: { readonly word?: RegExp; readonly image?: string; readonly label?: readonly [string, string] };
}

const KNOWN: readonly Known[] = [
  { image: 'ingress-nginx/controller', className: 'nginx', controller: 'k8s.io/ingress-nginx' },
  { image: 'nginx-ingress-controller', className: 'nginx', controller: 'k8s.io/ingress-nginx' },
  { image: 'nginx-ingress', className: 'nginx', controller: 'nginx.org/ingress-controller' },
  { image: 'kubernetes-ingress', className: 'haproxy', controller: 'haproxy.org/ingress-controller', classless: true },
  { image: 'haproxy-ingress', className: 'haproxy', controller: 'haproxy-ingress.github.io/controller' },
  {
    image: 'traefik',
    className: 'traefik',
    controller: 'traefik.io/ingress-controller',
    classless: true,
    shows: { word: /kubernetes/i },
  },
  {
    image: 'mirrored-library-traefik',
    className: 'traefik',
    controller: 'traefik.io/ingress-controller',
    classless: true,
  },
  { image: 'kong', className: 'kong', shows: { image: 'kubernetes-ingress-controller' } },
  { image: 'envoy', className: 'contour', classless: true, shows: { image: 'contour' } },
  { image: 'emissary', className: 'ambassador', controller: 'getambassador.io/ingress-controller' },
  {
    image: 'proxyv2',
    className: 'istio',
    controller: 'istio.io/ingress-controller',
    shows: { label: ['istio', 'ingressgateway'] },
  },
];

/** The proxies among `workloads`; `objects` has the classes that the unit defines. */
export function proxiesOf(
  workloads: readonly WorkloadFact[],
  objects: readonly KubernetesObject[],
): readonly ProxyFact[] {
  const classes = objects.filter(({ kind, group }) => kind === 'IngressClass' && group === 'networking.k8s.io');
  return workloads.flatMap((workload) => {
    const known = knownAs(workload);
    // Without labels no Service can lead to it.
    if (!known || workload.labels.size === 0) return [];
    const { namespace, labels, origin } = workload;
    const requirements = [...labels].map(([key, value]) => ({ key, operator: 'in' as const, values: [value] }));
    return [{ classes: servedBy(workload, known, classes), by: { namespace, requirements, origin }, origin }];
  });
}

function knownAs(workload: WorkloadFact): Known | undefined {
  const images = workload.containers.map(repositoryOf);
  return KNOWN.find(({ image, shows }) => {
    const has = (wanted: string) => images.some((each) => each === wanted || each.endsWith(`/${wanted}`));
    if (!has(image)) return false;
    const { word, label } = shows ?? {};
    return (
      (!shows?.image || has(shows.image)) &&
      (!word || workload.containers.some((container) => wordsOf(container).some((each) => word.test(each)))) &&
      (!label || workload.labels.get(label[0]) === label[1])
    );
  });
}

/** `ingress-nginx/controller` of `registry.k8s.io/ingress-nginx/controller:v1.11.2@sha256:…`, with its registry. */
function repositoryOf({ image: { reference } }: ContainerFact): string {
  if (typeof reference !== 'string') return '';
  const [named = ''] = reference.split('@', 1);
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  return colon < 0 ? named : named.slice(0, colon);
}

function wordsOf({ entrypoint, command }: ContainerFact): readonly string[] {
  return [...(entrypoint?.words ?? []), ...(command?.words ?? [])].map(({ text }) => text);
}

const CLASS_FLAGS = new Set([
  'ingress-class',
  'ingress-class-name',
  'ingress.class',
  'providers.kubernetesingress.ingressclass',
]);

/** The values of flags, written in one word or in two. */
function flagsOf(workload: WorkloadFact, wanted: ReadonlySet<string>): readonly string[] {
  return workload.containers.flatMap((container) => {
    const words = wordsOf(container);
    return words.flatMap((word, i) => {
      const equals = word.indexOf('=');
      const name = (equals < 0 ? word : word.slice(0, equals)).replace(/^--?/, '').toLowerCase();
      if (!word.startsWith('-') || !wanted.has(name)) return [];
      return equals < 0 ? (words[i + 1] ?? '') : word.slice(equals + 1);
    });
  });
}

const CONTROLLER_FLAG = new Set(['controller-class']);
const CLASSLESS_FLAG = new Set(['watch-ingress-without-class']);
const DEFAULT_CLASS = 'ingressclass.kubernetes.io/is-default-class';

/** The classes by name: those that it is told, else its own, and those whose controller it is. */
function servedBy(
  workload: WorkloadFact,
  known: Known,
  classes: readonly KubernetesObject[],
): readonly (string | null)[] {
  const told = flagsOf(workload, CLASS_FLAGS);
  const [ownController] = flagsOf(workload, CONTROLLER_FLAG);
  const controller = ownController ?? known.controller;
  const served = new Set<string | null>(told);
  if (told.length === 0 && ownController === undefined) {
    served.add(known.className);
    if (known.classless) served.add(null);
  }
  for (const { root, name } of classes) {
    if (controller === undefined || textOf(at(root, 'spec', 'controller')) !== controller) continue;
    served.add(name);
    if (annotationsOf(at(root, 'metadata')).get(DEFAULT_CLASS)?.text === 'true') served.add(null);
  }
  const classless = flagsOf(workload, CLASSLESS_FLAG);
  if (classless.some((value) => value !== 'false')) served.add(null);
  return [...served];
}
