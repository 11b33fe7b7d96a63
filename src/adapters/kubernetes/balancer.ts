/** What annotations tell of the load balancer that a cloud makes for a Service: how far it is seen, whom it lets in. */
import type { DoorFact } from '../../graph/fragment.ts';
import { covers, parseAddresses, parseAddressList } from '../../graph/sets/address-set.ts';
import type { Origin } from '../../source/span.ts';
import { at, entryOf, textOf, type Unknown, unknown, type Value } from '../../source/value.ts';
import { type Annotation, commaSeparated, firstAnnotation, lineOf, textsOf } from './field.ts';

type Annotations = ReadonlyMap<string, Annotation>;

/** What a value of an annotation says: internal, not internal, or nothing. */
type Telling = (value: string) => boolean | undefined;

const truth: Telling = (value) => (value === 'true' ? true : value === 'false' ? false : undefined);
/** Two words, the internal one first. */
const words =
  (internal: string, external: string): Telling =>
  (value) =>
    value === internal ? true : value === external ? false : undefined;

/** Annotations by which a Service asks its cloud for an internal or a public load balancer (R36); values in lower case. */
const SCHEMES: Readonly<Record<string, Telling>> = {
  'service.beta.kubernetes.io/aws-load-balancer-scheme': words('internal', 'internet-facing'),
  // Once an address range stood here: anything but `false` means internal.
  'service.beta.kubernetes.io/aws-load-balancer-internal': (value) => (value === '' ? undefined : value !== 'false'),
  'service.beta.kubernetes.io/azure-load-balancer-internal': truth,
  'networking.gke.io/load-balancer-type': words('internal', 'external'),
  'cloud.google.com/load-balancer-type': words('internal', 'external'),
  'service.beta.kubernetes.io/oci-load-balancer-internal': truth,
  'oci-network-load-balancer.oraclecloud.com/internal': truth,
  'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type': words('intranet', 'internet'),
  'service.beta.kubernetes.io/alicloud-loadbalancer-address-type': words('intranet', 'internet'),
  'service.beta.kubernetes.io/do-loadbalancer-network': words('internal', 'external'),
  'service.beta.kubernetes.io/openstack-internal-load-balancer': truth,
  'service.beta.kubernetes.io/scw-loadbalancer-private': truth,
  'service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type': words('private', 'public'),
  'service.kubernetes.io/qcloud-loadbalancer-internal-subnetid': (value) => (value === '' ? undefined : true),
  'load-balancer.hetzner.cloud/disable-public-network': truth,
  'yandex.cloud/load-balancer-type': words('internal', 'external'),
};

/** Classes of load balancers that are internal, or public, unless an annotation says otherwise. */
const CLASSES: ReadonlyMap<string, boolean> = new Map([
  ['service.k8s.aws/nlb', true],
  ['eks.amazonaws.com/nlb', true],
  ['networking.gke.io/l4-regional-internal', true],
  ['networking.gke.io/l4-regional-external', false],
  ['tailscale', true],
]);

/** Types by which the AWS Load Balancer Controller takes a Service over: it makes internal ones unless told otherwise. */
const AWS_TYPE = 'service.beta.kubernetes.io/aws-load-balancer-type';
const AWS_CONTROLLER_TYPES = new Set(['external', 'nlb-ip']);

/** Addresses that are nobody's on the internet: private, shared, link-local, loopback. */
const INTERNAL = [
  ...['10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'],
  ...['::1', 'fc00::/7', 'fe80::/10'],
];

/**
 * Whether the load balancer of a Service stands inside the network (R36). A cloud makes a public one where nothing tells;
 * unknown where annotations contradict each other, or a controller that we do not know decides.
 */
export function isInternal(spec: Value | undefined, annotations: Annotations): boolean | Unknown {
  return toldInternal(annotations) ?? byClass(spec, annotations);
}

/** What annotations say about it; undefined where none says anything. */
export function toldInternal(annotations: Annotations): boolean | Unknown | undefined {
  const told = new Map<boolean, Annotation>();
  for (const [key, telling] of Object.entries(SCHEMES)) {
    const annotation = annotations.get(key);
    const answer = annotation && telling(annotation.text.toLowerCase());
    if (annotation && answer !== undefined) told.set(answer, annotation);
  }
  const [only] = told;
  if (only && told.size === 1) return only[0];
  return only && unknown('its annotations ask for an internal and for a public load balancer', only[1].origin);
}

/** The annotations that ask for an internal or a public load balancer. */
export function schemeOrigins(annotations: Annotations): readonly Origin[] {
  return Object.keys(SCHEMES).flatMap((key) => annotations.get(key)?.origin ?? []);
}

/** Whether an address is one that nobody on the internet can have; undefined for what is no address. */
export function isPrivateAddress(text: string): boolean | undefined {
  const address = parseAddresses(text);
  return address && covers(parseAddressList(INTERNAL).set, address);
}

function byClass(spec: Value | undefined, annotations: Annotations): boolean | Unknown {
  const entry = entryOf(spec, 'loadBalancerClass');
  const name = textOf(entry?.value);
  if (entry && name) {
    return CLASSES.get(name) ?? unknown(`the load balancer class ${name} decides whether it is public`, lineOf(entry));
  }
  if (AWS_CONTROLLER_TYPES.has(annotations.get(AWS_TYPE)?.text ?? '')) return true;
  const told = isPrivateAddress(textOf(at(spec, 'loadBalancerIP')) ?? '');
  if (told !== undefined) return told;
  for (const { key, origin } of annotations.values()) {
    if (key.startsWith('metallb.')) return unknown('MetalLB announces it from a pool that is not in the code', origin);
  }
  return false;
}

/** Annotations that limit who may connect, for controllers that do not read `loadBalancerSourceRanges`. */
const SOURCE_RANGES = [
  'service.beta.kubernetes.io/load-balancer-source-ranges',
  'service.beta.kubernetes.io/aws-load-balancer-inbound-cidrs',
  'service.beta.kubernetes.io/azure-allowed-ip-ranges',
];

/** The addresses that a load balancer lets in; undefined where it lets everybody in. */
export function sourcesOf(spec: Value | undefined, annotations: Annotations): DoorFact['sources'] {
  const entry = entryOf(spec, 'loadBalancerSourceRanges');
  const ranges = textsOf(entry?.value);
  if (entry && ranges.length > 0) return { cidrs: ranges.map(({ text }) => text), origin: entry.keyOrigin };
  return annotatedSources(annotations, SOURCE_RANGES);
}

/** The address ranges that the first of these annotations lists; undefined where none does. */
export function annotatedSources(annotations: Annotations, keys: readonly string[]): DoorFact['sources'] {
  const annotation = firstAnnotation(annotations, keys);
  const cidrs = annotation ? commaSeparated(annotation.text) : [];
  return annotation && cidrs.length > 0 ? { cidrs, origin: annotation.origin } : undefined;
}

/** Where a certificate stands, and which ports it is for: `*` where that is not said. */
const CERTIFICATES: readonly { readonly certificate: string; readonly ports: string; readonly otherwise: string }[] = [
  {
    certificate: 'service.beta.kubernetes.io/aws-load-balancer-ssl-cert',
    ports: 'service.beta.kubernetes.io/aws-load-balancer-ssl-ports',
    otherwise: '*',
  },
  {
    certificate: 'service.beta.kubernetes.io/oci-load-balancer-tls-secret',
    ports: 'service.beta.kubernetes.io/oci-load-balancer-ssl-ports',
    otherwise: '',
  },
  {
    certificate: 'service.beta.kubernetes.io/do-loadbalancer-certificate-id',
    ports: 'service.beta.kubernetes.io/do-loadbalancer-tls-ports',
    otherwise: '443',
  },
];

/** Whether the load balancer itself ends TLS on this port. */
export function endsTls(annotations: Annotations, port: number, name: string | undefined): boolean {
  return CERTIFICATES.some(({ certificate, ports, otherwise }) => {
    if (!annotations.get(certificate)?.text) return false;
    const listed = commaSeparated(annotations.get(ports)?.text ?? otherwise);
    return listed.some((one) => one === '*' || one === String(port) || one === name);
  });
}
