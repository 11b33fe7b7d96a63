/** Which TLS a load balancer of Google Cloud takes: its policy says the oldest version, and a profile says the ciphers. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { TlsFact, TlsVersion } from '../../../graph/fragment.ts';
import { unknown } from '../../../source/value.ts';
import { get, isUnknown, originOf, text, texts } from '../resource.ts';

export const POLICY = 'google_compute_ssl_policy';

/** What holds where a proxy names no policy: the profile for the oldest clients. */
export const STANDARD_POLICY = { minimum: 'TLSv1.0', brokenCipher: 'COMPATIBLE' } as const;

const VERSIONS: Readonly<Record<string, TlsVersion>> = {
  TLS_1_0: 'TLSv1.0',
  TLS_1_1: 'TLSv1.1',
  TLS_1_2: 'TLSv1.2',
  TLS_1_3: 'TLSv1.3',
};

/** Ciphers without encryption, or with one that is broken. */
const BROKEN = /_(3DES|DES|RC4|NULL|EXPORT)/;

export function policyOf({ body, origin }: Resource): TlsFact {
  const profile = text(body, 'profile') ?? 'COMPATIBLE';
  const version = text(body, 'min_tls_version') ?? 'TLS_1_0';
  const place = originOf(body, 'min_tls_version', origin);
  // The strictest profiles leave no choice of versions.
  if (profile === 'RESTRICTED' || (!isUnknown(profile) && profile.startsWith('FIPS'))) {
    return { minimum: 'TLSv1.2', origin: place };
  }
  const minimum = isUnknown(version)
    ? version
    : (VERSIONS[version] ?? unknown(`"${version}" is no version of TLS`, place));
  const broken = texts(body, 'custom_features').find((item) => !isUnknown(item) && BROKEN.test(item.text));
  if (broken && !isUnknown(broken)) return { minimum, brokenCipher: broken.text, origin: broken.origin };
  const old = minimum === 'TLSv1.0' || minimum === 'TLSv1.1';
  if (profile !== 'COMPATIBLE' || old) return { minimum, origin: place };
  return { minimum, brokenCipher: profile, origin: get(body, 'profile')?.origin ?? origin };
}
