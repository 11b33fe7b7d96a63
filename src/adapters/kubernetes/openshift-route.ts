/** Routes of OpenShift: host names and paths that its router leads to Services (R42). */
import type { KubernetesObject } from '../../assemble/kubernetes/object.ts';
import type { DoorFact, GatewayFact, Selector, Target } from '../../graph/fragment.ts';
import { type Notice, notice } from '../../source/notice.ts';
import { at, integerOf, textOf, type Value } from '../../source/value.ts';
import { isUnknown, listAt } from './fault.ts';
import { annotationsOf, firstLineOf, lineAt } from './field.ts';
import { numberOrName, onePort } from './port.ts';

/** The routers of OpenShift run in a namespace of their own. */
const ROUTERS = {
  namespace: 'openshift-ingress',
  label: 'ingresscontroller.operator.openshift.io/deployment-ingresscontroller',
};

/** As many backends as a route may have besides its first, with room to spare. */
const MOST_BACKENDS = 16;

/** A Route, with a door for every backend and for every port on which the router serves it. */
export function openshiftRouteFact(object: KubernetesObject, notices: Notice[]): GatewayFact {
  const spec = at(object.root, 'spec');
  const targets = backendsOf(spec, notices).flatMap((backend) => targetOf(object, backend, notices) ?? []);
  const path = textOf(at(spec, 'path'));
  const common = {
    place: { kind: 'proxy', class: 'openshift', internal: false },
    protocol: 'tcp',
    implicit: false,
    http: { hosts: [hostOf(object)], paths: path ? [path] : [] },
    by: routers(object),
    ...sourcesOf(object),
  } as const;
  return {
    id: `route/openshift/${object.namespace}/${object.name}`,
    kind: 'route',
    name: object.name,
    namespace: object.namespace,
    names: [],
    doors: targets.flatMap((target) =>
      portsOf(spec).map(
        ({ port, tls }): DoorFact => ({ ...common, ports: onePort(port), tls, target, origin: target.origin }),
      ),
    ),
    origin: object.origin,
  };
}

function routers({ origin }: KubernetesObject): Selector {
  return {
    namespace: ROUTERS.namespace,
    requirements: [{ key: ROUTERS.label, operator: 'exists', values: [] }],
    origin,
  };
}

/** The router makes a name up for a route without one: its name and namespace, below the domain of the cluster. */
function hostOf({ root, name, namespace }: KubernetesObject): string {
  const spec = at(root, 'spec');
  const host = textOf(at(spec, 'host'))?.toLowerCase();
  if (!host) return `${textOf(at(spec, 'subdomain')) ?? `${name}-${namespace}`}.*`;
  const wild = textOf(at(spec, 'wildcardPolicy')) === 'Subdomain' && host.includes('.');
  return wild ? `*${host.slice(host.indexOf('.'))}` : host;
}

/** 80, or 443 where there is TLS; both where plain requests are let in too, and not only sent on. */
function portsOf(spec: Value | undefined): readonly { readonly port: number; readonly tls: boolean }[] {
  const tls = at(spec, 'tls');
  const plain = { port: 80, tls: false };
  if (textOf(at(tls, 'termination')) === undefined) return [plain];
  const secure = { port: 443, tls: true };
  return textOf(at(tls, 'insecureEdgeTerminationPolicy')) === 'Allow' ? [plain, secure] : [secure];
}

const SOURCES = ['haproxy.router.openshift.io/ip_allowlist', 'haproxy.router.openshift.io/ip_whitelist'];

/** Addresses that the router lets in, between spaces. */
function sourcesOf({ root }: KubernetesObject): Pick<DoorFact, 'sources'> {
  const annotations = annotationsOf(at(root, 'metadata'));
  const annotation = SOURCES.map((key) => annotations.get(key)).find((each) => each !== undefined);
  const cidrs = annotation?.text.split(/\s+/).filter((text) => text !== '') ?? [];
  return annotation && cidrs.length > 0 ? { sources: { cidrs, origin: annotation.origin } } : {};
}

/** The backends that get requests: those of weight 0 get none. */
function backendsOf(spec: Value | undefined, notices: Notice[]): readonly Value[] {
  const to = at(spec, 'to');
  const others = listAt(spec, 'alternateBackends', []);
  const all = [...(to ? [to] : []), ...(isUnknown(others) ? [others] : others)];
  const beyond = all[MOST_BACKENDS];
  if (beyond) {
    const message = 'This Route has more backends than a router takes: this one and the later ones are left out.';
    notices.push(notice('expansion-limit', message, firstLineOf(beyond)));
  }
  return all.slice(0, MOST_BACKENDS).filter((backend) => integerOf(at(backend, 'weight')) !== 0);
}

/** A Service of the namespace, at a port of it or of the pods behind it; at all of its ports where the route names none. */
function targetOf(object: KubernetesObject, backend: Value, notices: Notice[]): Target | undefined {
  const origin = lineAt(backend, 'name', firstLineOf(backend));
  const name = at(backend, 'name');
  if (backend.kind === 'unknown' || name?.kind === 'unknown') return { kind: 'outside', name: null, origin };
  const kind = textOf(at(backend, 'kind')) ?? 'Service';
  const service = textOf(name);
  if (!service || kind !== 'Service') {
    notices.push(
      notice('invalid-value', 'A Route leads to Services by their names: this backend is left out.', origin),
    );
    return undefined;
  }
  const port = numberOrName(at(object.root, 'spec', 'port', 'targetPort')) ?? null;
  const { namespace } = object;
  return { kind: 'gateway', gateway: 'service', namespace, name: service, port, loose: true, origin };
}
