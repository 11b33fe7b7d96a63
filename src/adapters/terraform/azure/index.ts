/** The resources of Azure that matter to who reaches what, by type. */
import type { Readers } from '../facts.ts';
import { BALANCER_READERS } from './balancer.ts';
import { CONTAINER_READERS } from './container.ts';
import { EDGE_READERS } from './edge.ts';
import { GATEWAY_READERS } from './gateway.ts';
import { NAT_READERS } from './nat-rule.ts';
import { NETWORK_READERS } from './network.ts';
import { NSG_READERS } from './nsg.ts';
import { PEERING_READERS } from './peering.ts';
import { SERVICE_READERS } from './service.ts';
import { SESSION_READERS } from './session.ts';
import { SITE_READERS } from './site.ts';
import { VM_READERS } from './vm.ts';

export const AZURE_READERS: Readers = {
  ...NETWORK_READERS,
  ...PEERING_READERS,
  ...NSG_READERS,
  ...VM_READERS,
  ...SESSION_READERS,
  ...BALANCER_READERS,
  ...NAT_READERS,
  ...GATEWAY_READERS,
  ...EDGE_READERS,
  ...CONTAINER_READERS,
  ...SERVICE_READERS,
  ...SITE_READERS,
};
