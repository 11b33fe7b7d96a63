/** Policies, Gateways and routes: kinds that few trees have, read by what is loaded only for them. */
import { adminPolicyFact } from './admin-policy.ts';
import { controllersOf } from './gateway-api/entrance.ts';
import { gatewayFact } from './gateway-api/gateway.ts';
import { permitsOf } from './gateway-api/permit.ts';
import { routeFact } from './gateway-api/route.ts';
import { istioGatewayFact } from './istio/gateway.ts';
import { virtualServiceFact } from './istio/virtual-service.ts';
import { networkPolicyFact } from './network-policy.ts';
import { openshiftRouteFact } from './openshift-route.ts';
import type { Reader, Readers } from './reader.ts';

const readPolicy: Reader = (object, facts) => keep(facts.guards, networkPolicyFact(object, facts.notices));
const readRoute: Reader = (object, facts) => keep(facts.gateways, routeFact(object, facts.notices));
const readAdminPolicy: Reader = (object, facts) => keep(facts.guards, adminPolicyFact(object, facts.notices));

/** The readers of these kinds. */
export const seldomReaders: Readers = (objects) => {
  const controllers = controllersOf(objects);
  return new Map<string, Reader>([
    ['networking.k8s.io/NetworkPolicy', readPolicy],
    ['extensions/NetworkPolicy', readPolicy],
    ['policy.networking.k8s.io/AdminNetworkPolicy', readAdminPolicy],
    ['policy.networking.k8s.io/BaselineAdminNetworkPolicy', readAdminPolicy],
    ['policy.networking.k8s.io/ClusterNetworkPolicy', readAdminPolicy],
    [
      'gateway.networking.k8s.io/Gateway',
      (object, facts) => facts.gateways.push(gatewayFact(object, controllers, facts.notices)),
    ],
    ['gateway.networking.k8s.io/HTTPRoute', readRoute],
    ['gateway.networking.k8s.io/GRPCRoute', readRoute],
    ['gateway.networking.k8s.io/TLSRoute', readRoute],
    ['gateway.networking.k8s.io/TCPRoute', readRoute],
    ['gateway.networking.k8s.io/UDPRoute', readRoute],
    [
      'gateway.networking.k8s.io/ReferenceGrant',
      (object, facts) => facts.permits.push(...permitsOf(object, facts.notices)),
    ],
    ['route.openshift.io/Route', (object, facts) => facts.gateways.push(openshiftRouteFact(object, facts.notices))],
    ['networking.istio.io/Gateway', (object, facts) => facts.gateways.push(istioGatewayFact(object, facts.notices))],
    [
      'networking.istio.io/VirtualService',
      (object, facts) => keep(facts.gateways, virtualServiceFact(object, facts.notices)),
    ],
  ]);
};

function keep<T>(facts: T[], fact: T | undefined): void {
  if (fact) facts.push(fact);
}
