import { describe, expect, test } from 'vitest';
import type { DoorFact } from '../../graph/fragment.ts';
import { sample } from './sample.fixture.ts';

function balancer(annotations: string, spec = '', ports = '{ port: 80 }'): readonly DoorFact[] {
  const found = sample(`apiVersion: v1
kind: Service
metadata: { name: web, annotations: { ${annotations} } }
spec: { type: LoadBalancer, ${spec} selector: { app: web }, ports: [${ports}] }
`);
  return found.gateway('web').doors.filter(({ place }) => place.kind === 'balancer');
}

function internal(annotations: string, spec = ''): unknown {
  const place = balancer(annotations, spec)[0]?.place;
  if (place?.kind !== 'balancer') return undefined;
  return typeof place.internal === 'boolean' ? place.internal : place.internal.kind;
}

const SERVICE = 'service.beta.kubernetes.io';

describe('how far a load balancer is seen', () => {
  test.each([
    ['', false],
    [`${SERVICE}/aws-load-balancer-internal: "true"`, true],
    [`${SERVICE}/aws-load-balancer-internal: 0.0.0.0/0`, true],
    [`${SERVICE}/aws-load-balancer-internal: "false"`, false],
    [`${SERVICE}/aws-load-balancer-scheme: internal`, true],
    [`${SERVICE}/aws-load-balancer-scheme: internet-facing, ${SERVICE}/aws-load-balancer-type: external`, false],
    [`${SERVICE}/aws-load-balancer-type: external`, true],
    [`${SERVICE}/aws-load-balancer-type: nlb`, false],
    [`${SERVICE}/azure-load-balancer-internal: "true"`, true],
    [`${SERVICE}/azure-load-balancer-internal: 'false'`, false],
    ['networking.gke.io/load-balancer-type: Internal', true],
    ['cloud.google.com/load-balancer-type: "internal"', true],
    ['cloud.google.com/load-balancer-type: External', false],
    [`${SERVICE}/oci-load-balancer-internal: "true"`, true],
    [`${SERVICE}/alibaba-cloud-loadbalancer-address-type: intranet`, true],
    [`${SERVICE}/do-loadbalancer-network: INTERNAL`, true],
    [
      `${SERVICE}/azure-load-balancer-internal: "true", ${SERVICE}/aws-load-balancer-scheme: internet-facing`,
      'unknown',
    ],
    ['metallb.universe.tf/address-pool: lan', 'unknown'],
  ])('%s', (annotations, answer) => {
    expect(internal(annotations)).toBe(answer);
  });

  test('classes, known and not, and an address that is asked for', () => {
    expect(internal('', 'loadBalancerClass: service.k8s.aws/nlb,')).toBe(true);
    expect(internal('', 'loadBalancerClass: networking.gke.io/l4-regional-external,')).toBe(false);
    expect(internal('', 'loadBalancerClass: constructor,')).toBe('unknown');
    expect(
      internal(`${SERVICE}/aws-load-balancer-scheme: internet-facing`, 'loadBalancerClass: service.k8s.aws/nlb,'),
    ).toBe(false);
    expect(internal('', 'loadBalancerIP: 10.0.0.7,')).toBe(true);
    expect(internal('', 'loadBalancerIP: "fd00::7",')).toBe(true);
    expect(internal('', 'loadBalancerIP: 203.0.113.7,')).toBe(false);
  });
});

describe('whom a load balancer lets in', () => {
  test('ranges of the spec before ranges of annotations', () => {
    expect(balancer('', 'loadBalancerSourceRanges: [203.0.113.0/24, " 10.0.0.0/8"],')[0]?.sources?.cidrs).toEqual([
      '203.0.113.0/24',
      '10.0.0.0/8',
    ]);
    const annotated = `${SERVICE}/load-balancer-source-ranges: "192.0.2.0/24, 198.51.100.0/24"`;
    expect(balancer(annotated)[0]?.sources?.cidrs).toEqual(['192.0.2.0/24', '198.51.100.0/24']);
    expect(balancer(annotated, 'loadBalancerSourceRanges: [203.0.113.0/24],')[0]?.sources?.cidrs).toEqual([
      '203.0.113.0/24',
    ]);
    expect(balancer('', 'loadBalancerSourceRanges: [],')[0]).not.toHaveProperty('sources');
  });
});

describe('TLS that a load balancer ends', () => {
  const ports = '{ port: 80, name: http }, { port: 443, name: secure, targetPort: 80 }';
  const tls = (annotations: string) => balancer(annotations, '', ports).map((door) => door.tls);

  test('is on the ports that are listed, or on all', () => {
    const certificate = `${SERVICE}/aws-load-balancer-ssl-cert: "arn:aws:acm:x"`;
    expect(tls(certificate)).toEqual([true, true]);
    expect(tls(`${certificate}, ${SERVICE}/aws-load-balancer-ssl-ports: "443"`)).toEqual([false, true]);
    expect(tls(`${certificate}, ${SERVICE}/aws-load-balancer-ssl-ports: secure`)).toEqual([false, true]);
    expect(tls(`${SERVICE}/aws-load-balancer-ssl-ports: "443"`)).toEqual([false, undefined]);
    expect(tls(`${SERVICE}/do-loadbalancer-certificate-id: x`)).toEqual([false, true]);
  });
});
