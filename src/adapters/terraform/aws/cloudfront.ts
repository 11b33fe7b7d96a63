/** Distributions: what viewers may speak to them, the oldest TLS that they agree to, and what they speak to their origins. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { TlsFact } from '../../../graph/fragment.ts';
import type { Origin } from '../../../source/span.ts';
import { type Facts, NOTHING, type Readers } from '../facts.ts';
import { firstBlock, knownText, originOf, truth } from '../resource.ts';
import { behavioursOf, originTraits } from './cloudfront-origin.ts';
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
  const own = place ? [{ trait: 'default-certificate', origin: place } as const] : [];
  return endpoint(resource, 'distribution', { ...parts, traits: [...own, ...originTraits(resource)] });
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

/** The line of the first behaviour that serves viewers in plaintext, instead of sending them to HTTPS. */
function plaintext({ body }: Resource): Origin | undefined {
  for (const behaviour of behavioursOf(body)) {
    if (knownText(behaviour, 'viewer_protocol_policy') === 'allow-all') {
      return originOf(behaviour, 'viewer_protocol_policy', behaviour.origin);
    }
  }
  return undefined;
}
