/** The resources of Azure that matter to who reaches what, by type. */
import type { Readers } from '../facts.ts';
import { BALANCER_READERS } from './balancer.ts';
import { NETWORK_READERS } from './network.ts';
import { NSG_READERS } from './nsg.ts';
import { PEERING_READERS } from './peering.ts';
import { SERVICE_READERS } from './service.ts';
import { VM_READERS } from './vm.ts';

export const AZURE_READERS: Readers = {
  ...NETWORK_READERS,
  ...PEERING_READERS,
  ...NSG_READERS,
  ...VM_READERS,
  ...BALANCER_READERS,
  ...SERVICE_READERS,
};
