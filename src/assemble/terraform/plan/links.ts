/** Ids as links: what is known by a number that a provider made up still refers to the resource that it was made for. */
import { isIP } from 'node:net';
import { append, type Multimap } from '../../../source/multimap.ts';
import { onceEach } from '../../../source/once.ts';
import { at, type ResourceReference, type Scalar, textOf, type Unknown } from '../../../source/value.ts';
import { withoutLastKey } from './address.ts';
import type { RawInstance } from './instance.ts';

/** The links between the instances of one recording. */
export interface Links {
  /**
   * The unknown that stands for `scalar` where it is the attribute that one of `refers` names; undefined where it is a
   * value of its own. A reference to a whole resource, or to all instances of one, means what identifies it.
   */
  of(scalar: Scalar, refers: readonly ResourceReference[]): Unknown | undefined;
}

const IDENTITIES = ['id', 'arn', 'self_link'];

/** The links between `instances`. `isGiven` says of an attribute of a block that the configuration gives it. */
export function linksBetween(
  instances: readonly RawInstance[],
  isGiven: (block: string, attribute: string) => boolean,
): Links {
  const known: Multimap<string, RawInstance> = new Map();
  for (const instance of instances) {
    for (const name of new Set([instance.address, withoutLastKey(instance.address), instance.block])) {
      append(known, name, instance);
    }
  }
  // One look through the instances of a block for each attribute that is asked for, however many scalars ask.
  const holders = onceEach((key: string): ReadonlyMap<string, string> => {
    const [address = '', attribute = ''] = key.split('\0');
    const found = new Map<string, string>();
    for (const instance of known.get(address) ?? []) {
      const text = textOf(at(instance.values, attribute));
      if (text !== undefined && !found.has(text)) found.set(text, instance.address);
    }
    return found;
  });
  const holderOf = (address: string, attribute: string, text: string): string | undefined => {
    const block = known.get(address)?.[0]?.block;
    if (block === undefined || isGiven(block, attribute)) return undefined;
    return holders(`${address}\0${attribute}`).get(text);
  };
  return {
    of(scalar, refers) {
      if (typeof scalar.value !== 'string' || isAmount(scalar.text)) return undefined;
      for (const { address, attribute } of refers) {
        for (const name of attribute === '' ? IDENTITIES : [attribute]) {
          const holder = holderOf(address, name, scalar.text);
          if (holder === undefined) continue;
          const because = `it is the ${name} of ${holder}, which the provider makes up`;
          const link = { address: holder, attribute: name };
          return { kind: 'unknown', because, reason: 'computed', refers: [link], origin: scalar.origin };
        }
      }
      return undefined;
    },
  };
}

/** What says more by itself than by where it comes from: a number or an address. */
function isAmount(text: string): boolean {
  return /^\d*$/.test(text) || isIP(text.slice(0, 50).split('/', 1)[0] as string) !== 0;
}
