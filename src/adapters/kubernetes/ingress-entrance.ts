/** The proxy that serves an Ingress: how far it is seen, on which ports it answers, whom it lets in. */
import type { KubernetesObject } from '../../assemble/kubernetes/object.ts';
import type { DoorFact, Place } from '../../graph/fragment.ts';
import { at, entryOf, itemsOf, textOf, type Unknown, unknown, type Value } from '../../source/value.ts';
import { annotatedSources } from './balancer.ts';
import { type Annotation, annotationsOf, lineOf, textsOf } from './field.ts';

type Annotations = ReadonlyMap<string, Annotation>;

/** A port at which the proxy of an Ingress is called. */
export interface EntrancePort {
  readonly port: number;
  readonly tls: boolean;
  /** Why it may be no way in. */
  readonly doubt?: string;
}

/** Where the callers of an Ingress come in: no route says it, only the class, the annotations and TLS do. */
export interface Entrance {
  readonly place: Place;
  readonly sources: DoorFact['sources'];
  /** The ports on which a host is served; undefined stands for every host. */
  ports(host: string | undefined): readonly EntrancePort[];
}

const SOURCE_RANGES = [
  'alb.ingress.kubernetes.io/inbound-cidrs',
  'nginx.ingress.kubernetes.io/whitelist-source-range',
  'nginx.ingress.kubernetes.io/allowlist-source-range',
];

/** The entrance of an Ingress, as its class and the annotations of the common controllers have it (R40). */
export function entranceOf(object: KubernetesObject): Entrance {
  const spec = at(object.root, 'spec');
  const annotations = annotationsOf(at(object.root, 'metadata'));
  const named = entryOf(spec, 'ingressClassName');
  const annotated = annotations.get('kubernetes.io/ingress.class');
  const name = textOf(named?.value) ?? annotated?.text ?? null;
  const origin = (named ? lineOf(named) : annotated?.origin) ?? object.origin;
  return {
    place: { kind: 'proxy', class: name, internal: isInternal(name, annotations, origin) },
    sources: annotatedSources(annotations, SOURCE_RANGES),
    ports: isAlb(name, annotations) ? albPorts(spec, annotations) : proxyPorts(spec, name, annotations),
  };
}

/** Classes whose controllers make public entrances, or internal ones. */
const CLASSES: ReadonlyMap<string, boolean> = new Map([
  ['gce', false],
  ['gce-internal', true],
  ['azure/application-gateway', false],
  ['azure-application-gateway', false],
  ['tailscale', true],
]);

/**
 * Whether the proxy stands inside the network (R36, R40). An AWS load balancer is internal unless it is asked to face the
 * internet. What an in-cluster proxy is reached by is its own Service, seldom in the same code: public unless its class is
 * called otherwise.
 */
function isInternal(name: string | null, annotations: Annotations, origin: Annotation['origin']): boolean | Unknown {
  const scheme = annotations.get('alb.ingress.kubernetes.io/scheme')?.text;
  if (scheme === 'internal') return true;
  if (scheme === 'internet-facing') return false;
  if (annotations.get('tailscale.com/funnel')?.text === 'true') return false;
  if (annotations.get('appgw.ingress.kubernetes.io/use-private-ip')?.text === 'true') return true;
  if (isAlb(name, annotations)) return true;
  if (name === null) return false;
  const known = CLASSES.get(name);
  if (known !== undefined) return known;
  return /internal|private|intranet/i.test(name)
    ? unknown(`only its name says how far the proxy of class ${name} is seen`, origin)
    : false;
}

function isAlb(name: string | null, annotations: Annotations): boolean {
  if (name !== null) return name === 'alb';
  return [...annotations.keys()].some((key) => key.startsWith('alb.ingress.kubernetes.io/'));
}

/** An AWS load balancer listens on 443 when it has a certificate, on 80 when not, or on what `listen-ports` says. */
function albPorts(spec: Value | undefined, annotations: Annotations): Entrance['ports'] {
  const certificate =
    annotations.has('alb.ingress.kubernetes.io/certificate-arn') || itemsOf(at(spec, 'tls')).length > 0;
  const redirects = [...annotations.keys()].some((key) =>
    /^alb\.ingress\.kubernetes\.io\/(actions\.)?ssl-redirect$/.test(key),
  );
  const listed = listenPorts(annotations.get('alb.ingress.kubernetes.io/listen-ports')?.text);
  const listening = listed ?? [certificate ? { port: 443, tls: true } : { port: 80, tls: false }];
  const ports = redirects ? listening.filter(({ tls }) => tls) : listening;
  return () => ports;
}

/** As many as a load balancer of AWS may have. */
const MOST_LISTENERS = 50;

/** `[{"HTTP": 80}, {"HTTPS": 443}]`; undefined where it says nothing of that form. */
function listenPorts(text: string | undefined): EntrancePort[] | undefined {
  if (text === undefined) return undefined;
  const found = [...text.matchAll(/"(HTTPS?)"\s{0,9}:\s{0,9}(\d{1,5})/g)].slice(0, MOST_LISTENERS);
  return found.length === 0
    ? undefined
    : found.map(([, name, port]) => ({ port: Number(port), tls: name === 'HTTPS' }));
}

/** Annotations that give a certificate without the `tls` of the spec. */
const CERTIFICATES = [
  'networking.gke.io/managed-certificates',
  'networking.gke.io/certmap',
  'ingress.gcp.kubernetes.io/pre-shared-cert',
  'appgw.ingress.kubernetes.io/appgw-ssl-certificate',
];

const REDIRECT = 'the proxy may only send callers on to the port with TLS';

/**
 * 80, and 443 for hosts that have a certificate. Where 80 only sends callers on to 443 it is no way in; often nothing says
 * whether it does.
 */
function proxyPorts(spec: Value | undefined, name: string | null, annotations: Annotations): Entrance['ports'] {
  const sections = itemsOf(at(spec, 'tls')).map((section) => textsOf(at(section, 'hosts')).map(({ text }) => text));
  const everyHost = CERTIFICATES.some((key) => annotations.has(key)) || sections.some((hosts) => hosts.length === 0);
  const secured = new Set(sections.flat());
  const redirects = redirectsToTls(name, annotations);
  return (host) => {
    const tls =
      everyHost || (host === undefined ? secured.size > 0 : secured.has(host) || secured.has(wildcardOf(host)));
    if (!tls) return [{ port: 80, tls: false }];
    const secure = { port: 443, tls: true };
    return redirects ? [secure] : [{ port: 80, tls: false, doubt: REDIRECT }, secure];
  };
}

function wildcardOf(host: string): string {
  return `*${host.slice(host.indexOf('.'))}`;
}

/** ingress-nginx redirects whatever has a certificate unless it is told not to. */
function redirectsToTls(name: string | null, annotations: Annotations): boolean {
  const said = (key: string) => annotations.get(key)?.text;
  if (said('kubernetes.io/ingress.allow-http') === 'false') return true;
  if (said('nginx.ingress.kubernetes.io/force-ssl-redirect') === 'true') return true;
  if (said('appgw.ingress.kubernetes.io/ssl-redirect') === 'true') return true;
  const nginx = name !== null && /^nginx(-|$)/.test(name);
  return nginx && said('nginx.ingress.kubernetes.io/ssl-redirect') !== 'false';
}
