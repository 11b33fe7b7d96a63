/** Distributions: what viewers may speak to them, and the oldest TLS that they agree to. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { TlsFact } from '../../../graph/fragment.ts';
import type { TraitFact } from '../../../graph/trait.ts';
import type { Origin } from '../../../source/span.ts';
import { type Facts, NOTHING, type Readers } from '../facts.ts';
import {
  type Block,
  blocks,
  firstBlock,
  get,
  isUnknown,
  knownBlocks,
  knownText,
  originOf,
  referencesIn,
  truth,
} from '../resource.ts';
import { endpoint } from './endpoint.ts';
import { TLS_POLICIES, tlsOf } from './tls-policy.ts';

export const CLOUDFRONT_READERS: Readers = {
  aws_cloudfront_distribution: distribution,
};

function distribution(resource: Resource): Facts {
  if (truth(resource.body, 'enabled', true) === false) return NOTHING;
  const { origin } = resource;
  const parts = { open: origin, tls: viewerTls(resource), plaintext: plaintext(resource) };
  const place = defaultCertificate(resource);
  const called = plaintextOrigin(resource);
  const traits: readonly TraitFact[] = [
    ...(place ? [{ trait: 'default-certificate', origin: place } as const] : []),
    ...(called ? [{ trait: 'calls-in-plaintext', origin: called } as const] : []),
  ];
  return endpoint(resource, 'distribution', { ...parts, traits });
}

/** The line by which it shows the certificate of CloudFront. */
function defaultCertificate({ body, origin }: Resource): Origin | undefined {
  const certificate = firstBlock(body, 'viewer_certificate');
  const given = truth(certificate, 'cloudfront_default_certificate', certificate === undefined);
  return given === true
    ? originOf(certificate, 'cloudfront_default_certificate', certificate?.origin ?? origin)
    : undefined;
}

/** A distribution with the certificate of CloudFront takes TLS 1.0, whatever else it says. */
function viewerTls(resource: Resource): TlsFact {
  const { body, origin } = resource;
  const certificate = firstBlock(body, 'viewer_certificate');
  const place = originOf(certificate, 'minimum_protocol_version', certificate?.origin ?? origin);
  const own = defaultCertificate(resource);
  if (own) return { minimum: 'TLSv1.0', origin: own };
  return tlsOf(certificate, 'minimum_protocol_version', TLS_POLICIES.distribution, place);
}

/** The websites of S3 speak nothing else: whoever serves one has no choice. */
const PLAINTEXT_ONLY = /\.s3-website[.-]/;

/** The line by which it calls an origin in plaintext: always, or as often as a viewer does. */
function plaintextOrigin({ body }: Resource): Origin | undefined {
  const takers = new Set(
    BEHAVIOURS.flatMap((name) => knownBlocks(body, name)).flatMap((behaviour) =>
      knownText(behaviour, 'viewer_protocol_policy') === 'allow-all'
        ? (knownText(behaviour, 'target_origin_id') ?? [])
        : [],
    ),
  );
  for (const each of knownBlocks(body, 'origin')) {
    const custom = firstBlock(each, 'custom_origin_config');
    const policy = knownText(custom, 'origin_protocol_policy');
    const follows = policy === 'match-viewer' && takers.has(knownText(each, 'origin_id') ?? '');
    const forced = PLAINTEXT_ONLY.test(knownText(each, 'domain_name') ?? '') || leadsToWebsite(each);
    if (!forced && (policy === 'http-only' || follows)) {
      return originOf(custom, 'origin_protocol_policy', each.origin);
    }
  }
  return undefined;
}

/** An attribute of a bucket, or of its configuration, that is known once it is there: its website's name is one of them. */
function leadsToWebsite(origin: Block): boolean {
  return referencesIn(get(origin, 'domain_name')).some(({ address }) => WEBSITE.test(address));
}

const WEBSITE = /(^|\.)aws_s3_bucket(_website_configuration)?\./;
const BEHAVIOURS = ['default_cache_behavior', 'ordered_cache_behavior'];

/** The line of the first behaviour that serves viewers in plaintext, instead of sending them to HTTPS. */
function plaintext({ body }: Resource): Origin | undefined {
  const behaviours = BEHAVIOURS.flatMap((name) => blocks(body, name));
  for (const behaviour of behaviours) {
    if (isUnknown(behaviour)) continue;
    if (knownText(behaviour, 'viewer_protocol_policy') === 'allow-all') {
      return originOf(behaviour, 'viewer_protocol_policy', behaviour.origin);
    }
  }
  return undefined;
}
