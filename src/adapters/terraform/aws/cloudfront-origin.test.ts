import { expect, test } from 'vitest';
import { facts } from '../facts.fixture.ts';

/** A distribution with one origin, and a behaviour that leads there. */
const distribution = (
  policy: string,
  viewers: string,
  { protocols = '"TLSv1.2"', domain = '"shop.example.com"', more = '' } = {},
) =>
  facts(`
    variable "domain" {}
    resource "aws_lb" "shop" {}
    resource "aws_s3_bucket_website_configuration" "shop" { bucket = "shop" }
    resource "aws_cloudfront_distribution" "it" {
      enabled = true
      origin {
        domain_name = ${domain}
        origin_id   = "shop"
        custom_origin_config {
          origin_protocol_policy = ${policy}
          origin_ssl_protocols   = [${protocols}]
        }
      }
      default_cache_behavior {
        target_origin_id       = "shop"
        viewer_protocol_policy = "${viewers}"
      }
      viewer_certificate {
        acm_certificate_arn      = "arn:aws:acm:us-east-1:1:certificate/a"
        minimum_protocol_version = "TLSv1.2_2021"
      }
      ${more}
    }`);

const traits = async (...given: Parameters<typeof distribution>) => {
  const found = await distribution(...given);
  return (found.workload('aws_cloudfront_distribution.it').traits ?? []).map(
    ({ trait, unknown, origin }) => `${trait}${unknown ? '?' : ''} ${found.quote(origin)}`,
  );
};

const OTHERS = (policy: string) => `
  origin {
    domain_name = "other.example.com"
    origin_id   = "other"
    custom_origin_config {
      origin_protocol_policy = "match-viewer"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  origin_group {
    origin_id = "both"
    member {
      origin_id = "other"
    }
  }
  ordered_cache_behavior {
    target_origin_id       = "both"
    viewer_protocol_policy = "${policy}"
  }`;

test.each([
  ['"http-only"', 'redirect-to-https', {}, ['calls-in-plaintext "http-only"']],
  ['"https-only"', 'allow-all', {}, []],
  ['"match-viewer"', 'https-only', {}, []],
  ['"match-viewer"', 'allow-all', {}, ['calls-in-plaintext "match-viewer"']],
  ['"https-only"', 'https-only', { more: OTHERS('allow-all') }, ['calls-in-plaintext "match-viewer"']],
  ['"https-only"', 'allow-all', { more: OTHERS('https-only') }, []],
  ['var.domain', 'https-only', {}, ['calls-in-plaintext? variable "domain"']],
  ['"https-only"', 'https-only', { protocols: '"TLSv1.2", "TLSv1.1"' }, ['offers-old-tls "TLSv1.1"']],
  ['"http-only"', 'https-only', { protocols: '"SSLv3"' }, ['calls-in-plaintext "http-only"']],
  ['"http-only"', 'https-only', { domain: '"shop.s3-website-eu-west-1.amazonaws.com"' }, []],
  ['"http-only"', 'https-only', { domain: 'aws_s3_bucket_website_configuration.shop.website_endpoint' }, []],
  ['"http-only"', 'https-only', { domain: 'aws_lb.shop.dns_name' }, ['calls-in-plaintext "http-only"']],
  ['"http-only"', 'https-only', { domain: 'var.domain' }, ['calls-in-plaintext? "http-only"']],
])('an origin that is spoken to by %s, for viewers of %s, with %o', async (policy, viewers, more, expected) => {
  expect(await traits(policy, viewers, more)).toEqual(expected);
});
