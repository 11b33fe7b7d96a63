/** Services of App Runner, and the interfaces by which they call into a network. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { Context } from '../context.ts';
import { endpointGateway, programPort } from '../endpoint.ts';
import { environmentOf } from '../environment.ts';
import { type Facts, type Readers, workloadFact } from '../facts.ts';
import { firstBlock, get, isUnknown, originOf, truth } from '../resource.ts';
import { groupsOf } from './interface-groups.ts';
import { standingOf } from './vpc.ts';

export const APP_RUNNER_READERS: Readers = {
  aws_apprunner_service: appRunner,
  aws_apprunner_vpc_connector: connector,
};

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
