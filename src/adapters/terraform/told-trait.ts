/**
 * What a model of a module says of what it makes besides its resources: a resource of no provider, `portolan_trait`, that
 * names whom it is `of`, the `trait`, the `setting` of the call that makes it so, and why. Only models may: what a scanned
 * repository writes so is nobody's word.
 */
import type { Resource } from '../../assemble/terraform/unit.ts';
import { type TraitBearer, type TraitFact, traitsOf } from '../../graph/trait.ts';
import type { Context } from './context.ts';
import { knownText, originOf } from './resource.ts';

const TYPE = 'portolan_trait';

/** The traits that a model tells of a resource, which is a `bearer` in the graph: unknown where their `count` is. */
export function traitsTold(resource: Resource, bearer: TraitBearer, context: Context): readonly TraitFact[] {
  return context.users(resource, TYPE, 'of').flatMap(({ modelled, uncertain, body, origin }) => {
    if (!modelled) return [];
    const trait = traitsOf(bearer).find((one) => one === knownText(body, 'trait'));
    const because = knownText(body, 'because');
    if (!trait) return [];
    const place = originOf(body, 'setting', origin);
    return [{ trait, ...(uncertain && { unknown: uncertain }), ...(because && { because }), origin: place }];
  });
}
