/** What Azure puts before others' services: Front Door, the CDN and API Management, each with a name on the internet. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { ProvidedPort } from '../../../graph/fragment.ts';
import type { Origin } from '../../../source/span.ts';
import type { Context } from '../context.ts';
import { type Facts, NOTHING, type Readers, workloadFact } from '../facts.ts';
import { type Block, blocks, firstBlock, get, isUnknown, knownText, originOf, texts } from '../resource.ts';
import { oldestTls, setting } from './setting.ts';

export const EDGE_READERS: Readers = {
  azurerm_cdn_endpoint: cdnEndpoint,
  azurerm_cdn_frontdoor_endpoint: frontDoor,
  azurerm_cdn_frontdoor_route: () => NOTHING,
  azurerm_frontdoor: classicFrontDoor,
  azurerm_api_management: apiManagement,
};

function distribution(resource: Resource, provides: readonly ProvidedPort[], place: Origin = resource.origin): Facts {
  const publicAddresses = [{ address: null, origin: place }];
  return { workloads: [workloadFact(resource, { kind: 'distribution', publicAddresses, provides })] };
}

function web(secure: boolean, origin: Origin): ProvidedPort {
  return {
    service: secure ? 'HTTPS' : 'HTTP',
    ports: null,
    protocol: 'tcp',
    transport: secure ? 'tls' : 'plaintext',
    origin,
  };
}

/** Both protocols are taken unless one is turned off. */
function cdnEndpoint(resource: Resource): Facts {
  const { body, origin } = resource;
  const plain = setting(body, ['is_http_allowed'], true, origin);
  const secure = setting(body, ['is_https_allowed'], true, origin);
  return distribution(resource, [
    ...(secure.on === false ? [] : [web(true, origin)]),
    ...(plain.on === true && !redirects(body) ? [web(false, plain.origin)] : []),
  ]);
}

/** A rule that sends whoever speaks plaintext to TLS. */
function redirects(body: Block): boolean {
  return blocks(body, 'delivery_rule').some((rule) => {
    if (isUnknown(rule)) return false;
    return blocks(rule, 'url_redirect_action').some(
      (action) => !isUnknown(action) && knownText(action, 'protocol')?.toLowerCase() === 'https',
    );
  });
}

/** Its routes say what it speaks: HTTP is led to HTTPS unless that is turned off. */
function frontDoor(endpoint: Resource, context: Context): Facts {
  const { on } = setting(endpoint.body, ['enabled'], true, endpoint.origin);
  if (on === false) return NOTHING;
  const routes = context.users(endpoint, 'azurerm_cdn_frontdoor_route', 'cdn_frontdoor_endpoint_id');
  const plain = routes.find(({ body, origin }) => {
    const spoken = texts(body, 'supported_protocols');
    const takes = spoken.some((item) => !isUnknown(item) && item.text.toLowerCase() === 'http');
    return takes && setting(body, ['https_redirect_enabled'], true, origin).on === false;
  });
  const line = plain && originOf(plain.body, 'https_redirect_enabled', plain.origin);
  return distribution(endpoint, [web(true, endpoint.origin), ...(line ? [web(false, line)] : [])]);
}

function classicFrontDoor(resource: Resource): Facts {
  const plain = blocks(resource.body, 'routing_rule').flatMap((rule) => {
    if (isUnknown(rule) || blocks(rule, 'redirect_configuration').length > 0) return [];
    return texts(rule, 'accepted_protocols').filter((item) => !isUnknown(item) && item.text.toLowerCase() === 'http');
  });
  const [first] = plain;
  return distribution(resource, [web(true, resource.origin), ...(first ? [web(false, first.origin)] : [])]);
}

/** It is public unless it stands inside a network, or its public address is turned off. */
function apiManagement(resource: Resource): Facts {
  const { body, origin } = resource;
  const open = setting(body, ['public_network_access_enabled'], true, origin);
  const type = knownText(body, 'virtual_network_type')?.toLowerCase();
  const place = originOf(body, 'virtual_network_type', open.origin);
  const hidden = [get(body, 'virtual_network_type'), open.on].find(isUnknown);
  const security = firstBlock(body, 'security');
  const old = ['enable_frontend_ssl30', 'frontend_ssl30_enabled'];
  const versions = [
    { names: old, minimum: 'SSLv3' },
    { names: ['enable_frontend_tls10', 'frontend_tls10_enabled'], minimum: 'TLSv1.0' },
    { names: ['enable_frontend_tls11', 'frontend_tls11_enabled'], minimum: 'TLSv1.1' },
  ] as const;
  const oldest = versions.find(({ names }) => setting(security, names, false, origin).on === true);
  const tls = oldest
    ? { minimum: oldest.minimum, origin: setting(security, oldest.names, false, origin).origin }
    : oldestTls(undefined, [], origin);
  return {
    workloads: [
      workloadFact(resource, {
        kind: 'api',
        publicAddresses:
          type === 'internal' || open.on === false
            ? []
            : [{ address: null, origin: place, ...(hidden ? { unknown: hidden } : {}) }],
        provides: [{ ...web(true, origin), tls }],
      }),
    ],
  };
}
