/** What AWS serves at names of its own (S9, R68, R70): clusters' APIs, functions' URLs, gateways of APIs, distributions. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { ProvidedPort, PublicAddress } from '../../../graph/fragment.ts';
import type { Unknown } from '../../../source/value.ts';
import { clusterApi } from '../cluster-api.ts';
import type { Context } from '../context.ts';
import { endpointGateway, programPort } from '../endpoint.ts';
import { environmentOf } from '../environment.ts';
import { type Facts, NOTHING, type Readers, workloadFact } from '../facts.ts';
import { firstBlock, get, isUnknown, knownText, originOf, texts, truth } from '../resource.ts';
import { groupsOf } from './interface-groups.ts';
import { standingOf } from './vpc.ts';

export const EDGE_READERS: Readers = {
  aws_eks_cluster: cluster,
  aws_lambda_function_url: functionUrl,
  aws_apigatewayv2_api: (api) => endpoint(api, 'api', api.origin),
  aws_api_gateway_rest_api: restApi,
  aws_cloudfront_distribution: (distribution) => endpoint(distribution, 'distribution', distribution.origin),
  aws_apprunner_service: appRunner,
  aws_apprunner_vpc_connector: connector,
};

function https(origin: Resource['origin'], authentication?: ProvidedPort['authentication']): ProvidedPort {
  return {
    service: null,
    ports: { from: 443, to: 443 },
    protocol: 'tcp',
    transport: 'tls',
    ...(authentication ? { authentication } : {}),
    origin,
  };
}

function endpoint(
  resource: Resource,
  kind: string,
  origin: Resource['origin'],
  doubt?: Unknown,
  authentication?: ProvidedPort['authentication'],
): Facts {
  const publicAddresses: readonly PublicAddress[] = [{ address: null, origin, ...(doubt ? { unknown: doubt } : {}) }];
  return {
    workloads: [workloadFact(resource, { kind, publicAddresses, provides: [https(resource.origin, authentication)] })],
  };
}

/** R68: the API server of a cluster has an address of the internet unless somebody says otherwise. */
function cluster(resource: Resource, context: Context): Facts {
  const network = firstBlock(resource.body, 'vpc_config');
  const open = truth(network, 'endpoint_public_access', true);
  const place = originOf(network, 'endpoint_public_access', network?.origin ?? resource.origin);
  const listed = texts(network, 'public_access_cidrs');
  const allowed = listed.length === 0 ? undefined : listed;
  return clusterApi(resource, { shut: isUnknown(open) ? open : !open, place, allowed }, context);
}

/** R70: the URL of a function is everybody's; whether they have to sign what they ask is said by its type. */
function functionUrl(url: Resource): Facts {
  const place = originOf(url.body, 'authorization_type', url.origin);
  return endpoint(
    url,
    'function-url',
    place,
    undefined,
    knownText(url.body, 'authorization_type') === 'NONE' ? 'none' : 'iam',
  );
}

function restApi(api: Resource): Facts {
  const types = texts(firstBlock(api.body, 'endpoint_configuration'), 'types');
  const hidden = types.find(isUnknown);
  if (types.some((type) => !isUnknown(type) && type.text === 'PRIVATE')) return NOTHING;
  return endpoint(api, 'api', types[0]?.origin ?? api.origin, hidden);
}

const CONNECTOR = 'aws_apprunner_vpc_connector';

/** The interfaces by which services call into a network: its groups hold what they call, and not who calls them. */
function connector(resource: Resource, context: Context): Facts {
  const standing = standingOf(resource, get(resource.body, 'subnets'), undefined, context);
  const held = groupsOf(resource, ['security_groups'], standing, context);
  const labels = new Map([...standing.labels, ...held.labels]);
  const { memberships, ranges } = standing;
  return {
    segments: standing.segments,
    guards: held.guards,
    workloads: [workloadFact(resource, { kind: 'network-interface', memberships, ranges, labels })],
  };
}

function appRunner(service: Resource, context: Context): Facts {
  const { body, origin } = service;
  const ingress = firstBlock(firstBlock(body, 'network_configuration'), 'ingress_configuration');
  const open = truth(ingress, 'is_publicly_accessible', true);
  const place = originOf(ingress, 'is_publicly_accessible', origin);
  const source = firstBlock(body, 'source_configuration');
  const image = firstBlock(firstBlock(source, 'image_repository'), 'image_configuration');
  const egress = firstBlock(firstBlock(body, 'network_configuration'), 'egress_configuration');
  const [through] = context.meaning(get(egress, 'vpc_connector_arn'), [CONNECTOR]).meant;
  const from = { kind: 'workload', workload: (through?.resource ?? service).address } as const;
  const code = firstBlock(firstBlock(source, 'code_repository'), 'code_configuration');
  const running = image ?? firstBlock(code, 'code_configuration_values');
  const { variables, needs } = environmentOf(get(running, 'runtime_environment_variables'), service, context);
  const port = programPort(running, 'port', origin);
  return {
    needs: needs.map((need) => ({ ...need, from })),
    gateways: [endpointGateway(service, port, isUnknown(open) ? open : !open, place)],
    workloads: [
      workloadFact(service, {
        kind: 'container-service',
        provides: [port],
        environment: variables,
      }),
    ],
  };
}
