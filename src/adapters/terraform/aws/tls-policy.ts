/**
 * The oldest version of TLS that policies of AWS agree to, as its documentation lists them: what callers may speak is in the
 * name of a policy, and not in the code.
 */
import type { TlsFact, TlsVersion } from '../../../graph/fragment.ts';
import { type Unknown, unknown } from '../../../source/value.ts';
import { type Block, isUnknown, originOf, text } from '../resource.ts';

/** Policies of one service. */
export interface TlsPolicies {
  /** By the name in lower case, or by how it begins where it ends in `*`. */
  readonly policies: Readonly<Record<string, TlsVersion>>;
  /** What holds where none is named: a version, or the reason why nobody knows. */
  readonly otherwise: TlsVersion | string;
}

/** Where each table is from. */
export const TLS_POLICIES = {
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-security-policy-table.html
  balancer: {
    policies: {
      'elbsecuritypolicy-tls13-1-3-*': 'TLSv1.3',
      'elbsecuritypolicy-tls13-1-2-*': 'TLSv1.2',
      'elbsecuritypolicy-tls13-1-1-*': 'TLSv1.1',
      'elbsecuritypolicy-tls13-1-0-*': 'TLSv1.0',
      'elbsecuritypolicy-fs-1-2-*': 'TLSv1.2',
      'elbsecuritypolicy-fs-1-1-*': 'TLSv1.1',
      'elbsecuritypolicy-fs-*': 'TLSv1.0',
      'elbsecuritypolicy-tls-1-2-*': 'TLSv1.2',
      'elbsecuritypolicy-tls-1-1-*': 'TLSv1.1',
      'elbsecuritypolicy-tls-1-0-*': 'TLSv1.0',
      'elbsecuritypolicy-2016-08': 'TLSv1.0',
      'elbsecuritypolicy-2015-*': 'TLSv1.0',
      'elbsecuritypolicy-2014-10': 'TLSv1.0',
      'elbsecuritypolicy-2014-01': 'SSLv3',
      'elbsecuritypolicy-2011-08': 'SSLv3',
    },
    // ELBSecurityPolicy-2016-08, but in the console.
    otherwise: 'TLSv1.0',
  },
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html
  distribution: {
    policies: {
      sslv3: 'SSLv3',
      tlsv1: 'TLSv1.0',
      tlsv1_2016: 'TLSv1.0',
      'tlsv1.1_*': 'TLSv1.1',
      'tlsv1.2_*': 'TLSv1.2',
      'tlsv1.3_*': 'TLSv1.3',
    },
    otherwise: 'TLSv1.0',
  },
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html
  api: {
    policies: {
      tls_1_0: 'TLSv1.0',
      tls_1_2: 'TLSv1.2',
      'securitypolicy_tls13_1_3_*': 'TLSv1.3',
      'securitypolicy_tls13_1_2_*': 'TLSv1.2',
      'securitypolicy_tls12_*': 'TLSv1.2',
    },
    otherwise: 'which TLS it takes depends on how it was made, since no policy is named',
  },
  // https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DomainEndpointOptions.html
  search: {
    policies: { 'policy-min-tls-1-0-*': 'TLSv1.0', 'policy-min-tls-1-2-*': 'TLSv1.2' },
    otherwise: 'TLSv1.0',
  },
} as const satisfies Readonly<Record<string, TlsPolicies>>;

/** The version that a policy of this name agrees to at least; an unknown for a name that the table does not have. */
export function oldestOf(table: TlsPolicies, name: string): TlsVersion | undefined {
  const asked = name.toLowerCase();
  const found = Object.entries(table.policies).find(([key]) =>
    key.endsWith('*') ? asked.startsWith(key.slice(0, -1)) : asked === key,
  );
  return found?.[1];
}

/** Which TLS an attribute asks for by the name of a policy; the place is that of the block where it is left out. */
export function tlsOf(
  block: Block | undefined,
  attribute: string,
  table: TlsPolicies,
  otherwise: TlsFact['origin'],
): TlsFact {
  const origin = originOf(block, attribute, block?.origin ?? otherwise);
  const named = text(block, attribute);
  if (isUnknown(named)) return { minimum: named, origin };
  return { minimum: named === undefined ? standard(table, origin) : versionOf(table, named, origin), origin };
}

function standard({ otherwise }: TlsPolicies, origin: TlsFact['origin']): TlsVersion | Unknown {
  return isVersion(otherwise) ? otherwise : unknown(otherwise, origin);
}

function versionOf(table: TlsPolicies, name: string, origin: TlsFact['origin']): TlsVersion | Unknown {
  return oldestOf(table, name) ?? unknown(`the TLS of the policy ${name} is not known`, origin);
}

function isVersion(said: string): said is TlsVersion {
  return /^(SSL|TLS)v/.test(said);
}
