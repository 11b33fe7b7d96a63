/**
 * The name of its own at which a platform answers for somebody's program: over HTTPS, handing on what is asked to the one
 * port on which the program listens (App Runner, Cloud Run).
 */
import type { Resource } from '../../assemble/terraform/unit.ts';
import type { GatewayFact, ProvidedPort } from '../../graph/fragment.ts';
import type { Origin } from '../../source/span.ts';
import type { Unknown } from '../../source/value.ts';
import { type Block, isUnknown, originOf, whole } from './resource.ts';

/** The port where the code names none: programs are told of it by a variable, `PORT`. */
const STANDARD_PORT = 8080;

/** The port on which a program has to listen; `attribute` of `block` says another than the usual one. */
export function programPort(
  block: Block | undefined,
  attribute: string,
  otherwise: Origin,
): ProvidedPort & { readonly ports: NonNullable<ProvidedPort['ports']> } {
  const written = whole(block, attribute);
  const port = typeof written === 'number' ? written : STANDARD_PORT;
  return {
    service: null,
    ports: { from: port, to: port },
    protocol: 'tcp',
    ...(isUnknown(written) ? { doubt: written.because } : {}),
    origin: originOf(block, attribute, otherwise),
  };
}

/**
 * The way in to `program`, which listens at `port`.
 *
 * @param internal whether only private networks have it
 * @param place the line that says so, or that would
 */
export function endpointGateway(
  { address, origin }: Resource,
  { ports, origin: line }: ReturnType<typeof programPort>,
  internal: boolean | Unknown,
  place: Origin,
): GatewayFact {
  return {
    id: `endpoint/${address}`,
    kind: 'endpoint',
    name: address,
    namespace: null,
    names: [],
    doors: [
      {
        place: { kind: 'balancer', internal },
        protocol: 'tcp',
        ports: { from: 443, to: 443 },
        tls: true,
        target: { kind: 'workload', workload: address, ports, origin: line },
        implicit: false,
        origin: place,
      },
    ],
    opening: [place],
    origin,
  };
}
