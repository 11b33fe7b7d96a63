/** The resources of AWS that matter to who reaches what, by type. */
import type { Readers } from '../facts.ts';
import { EC2_READERS } from './ec2.ts';
import { ECS_READERS } from './ecs.ts';
import { EDGE_READERS } from './edge.ts';
import { ELB_READERS } from './elb.ts';
import { MANAGED_READERS } from './managed.ts';
import { NACL_READERS } from './nacl.ts';
import { PEERING_READERS } from './peering.ts';
import { SECURITY_GROUP_READERS } from './security-group.ts';
import { TRANSIT_READERS } from './transit.ts';
import { VPC_READERS } from './vpc.ts';

export const AWS_READERS: Readers = {
  ...VPC_READERS,
  ...PEERING_READERS,
  ...TRANSIT_READERS,
  ...SECURITY_GROUP_READERS,
  ...NACL_READERS,
  ...EC2_READERS,
  ...ELB_READERS,
  ...MANAGED_READERS,
  ...ECS_READERS,
  ...EDGE_READERS,
};
