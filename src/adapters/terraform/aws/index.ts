/** The resources of AWS that matter to who reaches what, by type. */
import type { Readers } from '../facts.ts';
import { API_GATEWAY_READERS } from './api-gateway.ts';
import { APP_RUNNER_READERS } from './app-runner.ts';
import { BALANCER_POLICY_READERS } from './balancer-policy.ts';
import { CLOUDFRONT_READERS } from './cloudfront.ts';
import { DMS_READERS } from './dms.ts';
import { EC2_READERS } from './ec2.ts';
import { ECS_READERS } from './ecs.ts';
import { EKS_READERS } from './eks.ts';
import { ELB_READERS } from './elb.ts';
import { EMR_READERS } from './emr.ts';
import { LAMBDA_READERS } from './lambda.ts';
import { LEGACY_GROUP_READERS } from './legacy-group.ts';
import { MANAGED_READERS } from './managed.ts';
import { NACL_READERS } from './nacl.ts';
import { NETWORK_FIREWALL_READERS } from './network-firewall.ts';
import { PARAMETER_GROUP_READERS } from './parameter-group.ts';
import { PEERING_READERS } from './peering.ts';
import { ROUTE53_READERS } from './route53.ts';
import { SECURITY_GROUP_READERS } from './security-group.ts';
import { SITE_READERS } from './site.ts';
import { TRANSFER_READERS } from './transfer.ts';
import { TRANSIT_READERS } from './transit.ts';
import { VPC_READERS } from './vpc.ts';
import { VPC_ENDPOINT_READERS } from './vpc-endpoint.ts';
import { WAF_READERS } from './waf.ts';

export const AWS_READERS: Readers = {
  ...VPC_READERS,
  ...PEERING_READERS,
  ...TRANSIT_READERS,
  ...SECURITY_GROUP_READERS,
  ...LEGACY_GROUP_READERS,
  ...NACL_READERS,
  ...NETWORK_FIREWALL_READERS,
  ...EC2_READERS,
  ...ELB_READERS,
  ...BALANCER_POLICY_READERS,
  ...MANAGED_READERS,
  ...PARAMETER_GROUP_READERS,
  ...ECS_READERS,
  ...EKS_READERS,
  ...DMS_READERS,
  ...EMR_READERS,
  ...TRANSFER_READERS,
  ...LAMBDA_READERS,
  ...API_GATEWAY_READERS,
  ...CLOUDFRONT_READERS,
  ...APP_RUNNER_READERS,
  ...VPC_ENDPOINT_READERS,
  ...ROUTE53_READERS,
  ...SITE_READERS,
  ...WAF_READERS,
};
