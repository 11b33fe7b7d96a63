/** Rules of groups and network ACLs that let nobody through as they stand: AWS takes them, and nothing comes of them. */
import type { TraitFact } from '../../../graph/trait.ts';
import type { Unknown } from '../../../source/value.ts';
import { type Block, get, isUnknown, originOf } from '../resource.ts';
import { isPortZero } from './port.ts';

/**
 * The trait of a rule that allows something and is one of these: it names nobody, or no port but 0.
 *
 * @param peerNames the attributes in which it names whom it is about
 */
export function latentOpening(
  block: Block | Unknown,
  peerNames: readonly string[],
  protocolName?: string,
): readonly TraitFact[] {
  if (isUnknown(block) || block.uncertain) return [];
  // An empty list is written by code that is told elsewhere whom to let in.
  if (peerNames.every((name) => get(block, name) === undefined)) {
    return [{ trait: 'latent-opening', because: 'it names nobody', origin: block.origin }];
  }
  if (!isPortZero(block, protocolName)) return [];
  const because = 'it names no port but 0, where nothing listens; every port is `-1` for the protocol, or 0 to 65535';
  return [{ trait: 'latent-opening', because, origin: originOf(block, 'from_port', block.origin) }];
}
