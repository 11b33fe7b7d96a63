/** What distributions speak to the origins that they fetch from, over the internet. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { TraitFact } from '../../../graph/trait.ts';
import { textOf, type Unknown, type Value } from '../../../source/value.ts';
import {
  type Block,
  get,
  isUnknown,
  knownBlocks,
  knownText,
  originOf,
  referencesIn,
  text,
  texts,
} from '../resource.ts';

/** All behaviours of a distribution that are known. */
export function behavioursOf(body: Block): readonly Block[] {
  return ['default_cache_behavior', 'ordered_cache_behavior'].flatMap((name) => knownBlocks(body, name));
}

/** The first origin of a kind speaks for all of that kind: a distribution has a trait once. */
export function originTraits({ body }: Resource): readonly TraitFact[] {
  const found = knownBlocks(body, 'origin').flatMap((origin): readonly TraitFact[] => {
    const [settings] = knownBlocks(origin, 'custom_origin_config');
    const website = isWebsite(get(origin, 'domain_name'));
    if (!settings || website === true) return [];
    const bare = plaintext(origin, settings, body);
    return [...(isUnknown(website) ? bare.map((one) => ({ unknown: website, ...one })) : bare), ...oldTls(settings)];
  });
  return found.filter(({ trait }, index) => found.findIndex((one) => one.trait === trait) === index);
}

/** Whether it is a bucket as a website, which speaks nothing but HTTP and shows everybody what is in it. */
function isWebsite(name: Value | undefined): boolean | Unknown {
  if (name === undefined) return false;
  const written = isUnknown(name) ? name.ends : textOf(name);
  if (/\.s3-website[.-][a-z0-9.-]+$/i.test(written ?? '')) return true;
  const references = referencesIn(name);
  if (isUnknown(name) && references.length === 0) return name;
  return references.some(
    ({ attribute, address }) =>
      attribute.startsWith('website_') || address.includes('aws_s3_bucket_website_configuration.'),
  );
}

/** `match-viewer` speaks plaintext for viewers who do, where a behaviour that leads to the origin takes them. */
function plaintext(origin: Block, settings: Block, body: Block): readonly TraitFact[] {
  const policy = text(settings, 'origin_protocol_policy');
  const trait = {
    trait: 'calls-in-plaintext',
    origin: originOf(settings, 'origin_protocol_policy', settings.origin),
  } as const;
  if (isUnknown(policy)) return [{ ...trait, unknown: policy }];
  if (policy === 'http-only') return [trait];
  if (policy !== 'match-viewer') return [];
  const ids = [get(origin, 'origin_id'), ...groupsWith(origin, body)];
  const taken = behavioursOf(body).some(
    (behaviour) =>
      knownText(behaviour, 'viewer_protocol_policy') === 'allow-all' &&
      ids.some((id) => same(id, get(behaviour, 'target_origin_id'))),
  );
  return taken ? [trait] : [];
}

/** The ids of the groups of origins that have it for a member. */
function groupsWith(origin: Block, body: Block): readonly (Value | undefined)[] {
  const id = get(origin, 'origin_id');
  return knownBlocks(body, 'origin_group').flatMap((group) =>
    knownBlocks(group, 'member').some((member) => same(id, get(member, 'origin_id'))) ? [get(group, 'origin_id')] : [],
  );
}

/** Whether two values are surely one: the same text, or made from the same attribute alone. */
function same(a: Value | undefined, b: Value | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  if (!isUnknown(a) || !isUnknown(b)) return textOf(a) !== undefined && textOf(a) === textOf(b);
  const [[one, ...more], [other, ...others]] = [a.refers ?? [], b.refers ?? []];
  if (!one || !other || more.length + others.length > 0) return false;
  return one.address === other.address && one.attribute === other.attribute && a.ends === b.ends;
}

const OLD: ReadonlySet<string> = new Set(['SSLv3', 'TLSv1', 'TLSv1.1']);

function oldTls(settings: Block): readonly TraitFact[] {
  // Where it never speaks TLS, the list that has to be there means nothing.
  if (knownText(settings, 'origin_protocol_policy') === 'http-only') return [];
  const old = texts(settings, 'origin_ssl_protocols').find((item) => !isUnknown(item) && OLD.has(item.text));
  return old && !isUnknown(old) ? [{ trait: 'offers-old-tls', because: old.text, origin: old.origin }] : [];
}
