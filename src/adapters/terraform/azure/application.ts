/** Web applications and functions of Azure (R76): public unless told otherwise, over HTTP too unless told otherwise. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { ProvidedPort } from '../../../graph/fragment.ts';
import type { Unknown } from '../../../source/value.ts';
import { accessList } from '../access-list.ts';
import type { Context } from '../context.ts';
import { environmentOf } from '../environment.ts';
import { type Facts, type Readers, workloadFact } from '../facts.ts';
import { mark } from '../guard.ts';
import { type Block, blocks, firstBlock, get, isUnknown, knownText, texts, type Written } from '../resource.ts';
import { oldestTls, setting } from './setting.ts';

/** What uploads them listens for plaintext where older resources say nothing. */
const OLDER = ['app_service', 'app_service_slot', 'function_app', 'function_app_slot'];
const NEWER = ['linux', 'windows'].flatMap((system) =>
  ['web_app', 'function_app'].flatMap((kind) => [`${system}_${kind}`, `${system}_${kind}_slot`]),
);

export const APPLICATION_READERS: Readers = Object.fromEntries([
  ...OLDER.map((type) => [`azurerm_${type}`, reader('AllAllowed')] as const),
  ...[...NEWER, 'logic_app_standard', 'function_app_flex_consumption'].map(
    (type) => [`azurerm_${type}`, reader('Disabled')] as const,
  ),
]);

function reader(ftps: string) {
  return (resource: Resource, context: Context): Facts => application(resource, ftps, context);
}

function application(resource: Resource, ftps: string, context: Context): Facts {
  const { body, origin } = resource;
  const open = setting(body, ['public_network_access_enabled', 'public_network_access'], true, origin);
  const site = firstBlock(body, 'site_config');
  const allowed = restrictions(site);
  const list = allowed ? accessList(resource, allowed, context) : undefined;
  const { variables, needs } = environmentOf(get(body, 'app_settings'), resource, context);
  return {
    needs,
    guards: list ? [list] : [],
    workloads: [
      workloadFact(resource, {
        kind: 'application',
        labels: new Map(list ? [mark(list.id, context)] : []),
        publicAddresses:
          open.on === false
            ? []
            : [{ address: null, origin: open.origin, ...(isUnknown(open.on) ? { unknown: open.on } : {}) }],
        provides: [...pages(resource, site), ...uploads(resource, site, ftps)],
        environment: variables,
      }),
    ],
  };
}

function pages({ body, origin }: Resource, site: Block | undefined): readonly ProvidedPort[] {
  const secure = setting(body, ['https_only'], false, origin);
  const tls: ProvidedPort = {
    service: 'HTTPS',
    ports: null,
    protocol: 'tcp',
    transport: 'tls',
    tls: oldestTls(site, ['minimum_tls_version', 'min_tls_version'], origin),
    origin,
  };
  if (secure.on === true) return [tls];
  const plain: ProvidedPort = {
    service: 'HTTP',
    ports: null,
    protocol: 'tcp',
    transport: 'plaintext',
    ...(isUnknown(secure.on) ? { doubt: secure.on.because } : {}),
    origin: secure.origin,
  };
  return [tls, plain];
}

/** Files are put there by FTP, in the clear where `AllAllowed` says so. */
function uploads({ origin }: Resource, site: Block | undefined, unwritten: string): readonly ProvidedPort[] {
  const value = get(site, 'ftps_state');
  const state = value ? (knownText(site, 'ftps_state') ?? '') : unwritten;
  if (state.toLowerCase() !== 'allallowed') return [];
  return [
    {
      service: 'ftp-deployment',
      ports: { from: 21, to: 21 },
      protocol: 'tcp',
      transport: 'plaintext',
      authentication: 'basic',
      origin: value?.origin ?? site?.origin ?? origin,
    },
  ];
}

/** R76: who is not on a list of allowed addresses stays outside, once there is one, or once the default says so. */
function restrictions(site: Block | undefined): readonly (Written | Unknown)[] | undefined {
  const rules = blocks(site, 'ip_restriction');
  const listed = rules.flatMap((rule) => {
    if (isUnknown(rule)) return [rule];
    return knownText(rule, 'action')?.toLowerCase() === 'deny' ? [] : texts(rule, 'ip_address');
  });
  const shut = knownText(site, 'ip_restriction_default_action')?.toLowerCase() === 'deny';
  const allows = rules.some((rule) => isUnknown(rule) || knownText(rule, 'action')?.toLowerCase() !== 'deny');
  return shut || allows ? listed : undefined;
}
