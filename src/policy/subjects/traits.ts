/** What every subject that has traits lets a rule ask of them. */
import { type Trait, type TraitBearer, type TraitFact, traitOf, traitsOf } from '../../graph/trait.ts';
import type { Origin } from '../../source/span.ts';
import type { Method } from './table.ts';

/**
 * @param subject the name of the subject
 * @param read its traits, and the line that names it
 * @param example one that it may have
 */
export function traitMethods<S>(
  subject: TraitBearer,
  read: (subject: S) => { readonly traits?: readonly TraitFact[] | undefined; readonly origin: Origin },
  example: Trait,
): Readonly<Record<'trait' | 'traitOrigin' | 'traitReason', Method<S>>> {
  const takes = [{ name: 'name', type: 'string', values: traitsOf(subject) }] as const;
  return {
    trait: {
      takes,
      type: 'bool',
      about: 'It has the trait; unknown where the code does not show whether it has.',
      example: `${subject}.trait("${example}")`,
      call: (one, [name = '']) => {
        const found = traitOf(read(one).traits, name);
        return found?.unknown ?? found !== undefined;
      },
    },
    traitOrigin: {
      takes,
      type: 'Origin',
      about: 'The line that gives it the trait; the line that names it where none does.',
      example: `${subject}.traitOrigin("${example}")`,
      call: (one, [name = '']) => {
        const { traits, origin } = read(one);
        return traitOf(traits, name)?.origin ?? origin;
      },
    },
    traitReason: {
      takes,
      type: 'string',
      about: 'What makes it so, for a message; empty where nothing more is said.',
      example: `${subject}.traitReason("${example}") != ""`,
      call: (one, [name = '']) => traitOf(read(one).traits, name)?.because ?? '',
    },
  };
}
