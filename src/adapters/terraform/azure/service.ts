/** Managed services of Azure (R76): databases, caches, clusters, applications, each with the switch that closes it. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { ProvidedPort } from '../../../graph/fragment.ts';
import { accessList } from '../access-list.ts';
import { clusterApi } from '../cluster-api.ts';
import type { Context } from '../context.ts';
import { environmentOf } from '../environment.ts';
import { type Facts, NOTHING, type Reader, type Readers, workloadFact } from '../facts.ts';
import { mark } from '../guard.ts';
import { type Block, firstBlock, get, isUnknown, knownText, originOf, texts, truth } from '../resource.ts';
import { database, SERVERS } from './database.ts';

export const SERVICE_READERS: Readers = {
  ...Object.fromEntries(
    Object.entries(SERVERS).map(([type, server]): [string, Reader] => [
      type,
      (resource, context) => database(resource, server, context),
    ]),
  ),
  ...Object.fromEntries(Object.values(SERVERS).map(({ rule }): [string, Reader] => [rule, () => NOTHING])),
  azurerm_kubernetes_cluster: cluster,
  azurerm_app_service: application,
  azurerm_linux_web_app: application,
  azurerm_windows_web_app: application,
  azurerm_function_app: application,
  azurerm_linux_function_app: application,
  azurerm_windows_function_app: application,
};

function cluster(resource: Resource, context: Context): Facts {
  const { body, origin } = resource;
  const shut = truth(body, 'private_cluster_enabled', false);
  const profile = firstBlock(body, 'api_server_access_profile');
  const listed = [...texts(body, 'api_server_authorized_ip_ranges'), ...texts(profile, 'authorized_ip_ranges')];
  const place = originOf(body, 'private_cluster_enabled', origin);
  return clusterApi(resource, { shut, place, allowed: listed.length === 0 ? undefined : listed }, context);
}

function application(resource: Resource, context: Context): Facts {
  const { body, origin } = resource;
  const open = truth(body, 'public_network_access_enabled', true);
  const place = originOf(body, 'public_network_access_enabled', origin);
  const allowed = restrictions(firstBlock(body, 'site_config'));
  const list = allowed.length === 0 ? undefined : accessList(resource, allowed, context);
  const secure = truth(body, 'https_only', false);
  const { variables, needs } = environmentOf(get(body, 'app_settings'), resource, context);
  const plain: ProvidedPort = {
    service: 'HTTP',
    ports: null,
    protocol: 'tcp',
    transport: 'plaintext',
    origin: originOf(body, 'https_only', origin),
  };
  const tls: ProvidedPort = { service: 'HTTPS', ports: null, protocol: 'tcp', transport: 'tls', origin };
  return {
    needs,
    guards: list ? [list] : [],
    workloads: [
      workloadFact(resource, {
        kind: 'application',
        labels: new Map(list ? [mark(list.id, context)] : []),
        publicAddresses:
          open === false ? [] : [{ address: null, origin: place, ...(isUnknown(open) ? { unknown: open } : {}) }],
        provides:
          secure === true ? [tls] : [tls, { ...plain, ...(isUnknown(secure) ? { doubt: secure.because } : {}) }],
        environment: variables,
      }),
    ],
  };
}

/** R76: who is not on a list of allowed addresses stays outside, once there is one. */
function restrictions(site: Block | undefined): ReturnType<typeof texts> {
  const value = get(site, 'ip_restriction');
  const items = value?.kind === 'list' ? value.items : value ? [value] : [];
  return items.flatMap((item) => {
    if (isUnknown(item)) return [item];
    const block = item.kind === 'mapping' ? item : undefined;
    return knownText(block, 'action')?.toLowerCase() === 'deny' ? [] : texts(block, 'ip_address');
  });
}
