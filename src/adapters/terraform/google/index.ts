/** The resources of Google Cloud that matter to who reaches what, by type. */
import type { Readers } from '../facts.ts';
import { ALLOYDB_READERS } from './alloydb.ts';
import { ARMOR_READERS } from './armor.ts';
import { BALANCER_READERS } from './balancer.ts';
import { COMPUTE_READERS } from './compute.ts';
import { FIREWALL_READERS } from './firewall.ts';
import { POLICY_READERS } from './firewall-policy.ts';
import { INVOKER_READERS } from './invoker.ts';
import { NETWORK_READERS } from './network.ts';
import { PEERING_READERS } from './peering.ts';
import { SERVICE_READERS } from './service.ts';
import { SITE_READERS } from './site.ts';
import { SWITCHED_READERS } from './switched.ts';

export const GOOGLE_READERS: Readers = {
  ...NETWORK_READERS,
  ...PEERING_READERS,
  ...FIREWALL_READERS,
  ...POLICY_READERS,
  ...COMPUTE_READERS,
  ...BALANCER_READERS,
  ...ARMOR_READERS,
  ...SERVICE_READERS,
  ...ALLOYDB_READERS,
  ...SITE_READERS,
  ...SWITCHED_READERS,
  ...INVOKER_READERS,
};
