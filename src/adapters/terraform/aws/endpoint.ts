/** What AWS serves at a name of its own (S9): one port of HTTPS, which the internet may call. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { ProvidedPort, PublicAddress } from '../../../graph/fragment.ts';
import type { TraitFact } from '../../../graph/trait.ts';
import type { Unknown } from '../../../source/value.ts';
import { type Facts, workloadFact } from '../facts.ts';

/** What is particular about an endpoint. */
export interface EndpointParts extends Partial<Pick<ProvidedPort, 'authentication' | 'authenticationOrigin' | 'tls'>> {
  /** The line that gives it its address; none where it has none of the internet. */
  readonly open?: PublicAddress['origin'];
  readonly doubt?: Unknown;
  readonly traits?: readonly TraitFact[];
  /** The marks of the guards that hold it. */
  readonly labels?: ReadonlyMap<string, string>;
  /** Answers at port 80 too: the line that lets it. */
  readonly plaintext?: PublicAddress['origin'] | undefined;
}

export function https(origin: Resource['origin'], parts: EndpointParts = {}): ProvidedPort {
  const { authentication, authenticationOrigin, tls } = parts;
  return {
    service: null,
    ports: { from: 443, to: 443 },
    protocol: 'tcp',
    transport: 'tls',
    ...(authentication ? { authentication } : {}),
    ...(authenticationOrigin ? { authenticationOrigin } : {}),
    ...(tls ? { tls } : {}),
    origin,
  };
}

export function endpoint(resource: Resource, kind: string, parts: EndpointParts): Facts {
  const { open, doubt, traits = [], labels = new Map(), plaintext } = parts;
  const publicAddresses: readonly PublicAddress[] = open
    ? [{ address: null, origin: open, ...(doubt ? { unknown: doubt } : {}) }]
    : [];
  const { authentication, authenticationOrigin } = parts;
  const { origin } = resource;
  const http: readonly ProvidedPort[] = plaintext
    ? [
        {
          service: 'HTTP',
          ports: { from: 80, to: 80 },
          protocol: 'tcp',
          transport: 'plaintext',
          transportOrigin: plaintext,
          ...(authentication ? { authentication } : {}),
          ...(authenticationOrigin ? { authenticationOrigin } : {}),
          origin: plaintext,
        },
      ]
    : [];
  return {
    workloads: [
      workloadFact(resource, { kind, publicAddresses, traits, labels, provides: [https(origin, parts), ...http] }),
    ],
  };
}
