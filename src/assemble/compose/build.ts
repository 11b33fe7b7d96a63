import { posix } from 'node:path';
import { type Notice, notice } from '../../source/notice.ts';
import { byText } from '../../source/order.ts';
import { at, type Entry, entriesOf, type Scalar, textOf, type Value } from '../../source/value.ts';
import { type Build, buildId } from '../unit.ts';
import { keptVariables } from './interpolate.ts';
import { isRemote, resolvePath } from './paths.ts';

/**
 * How a service of a canonical project is built, or null where it is not built from this tree; a notice says why.
 * The reference that it gives its image is the build's name.
 */
export function buildOf({ key, value: service }: Pick<Entry, 'key' | 'value'>): {
  readonly build: Build | null;
  readonly notices: readonly Notice[];
} {
  const section = at(service, 'build');
  const context = textOf(at(section, 'context'));
  if (section?.kind !== 'mapping' || context === undefined) return { build: null, notices: [] };
  const skip = (reason: string): { build: null; notices: readonly Notice[] } => {
    const message = `The image built here is not analysed: ${reason}.`;
    return { build: null, notices: [notice('not-built', message, at(section, 'context')?.origin ?? section.origin)] };
  };
  const inline = at(section, 'dockerfile_inline');
  if (inline?.kind === 'unknown') return skip(inline.because);
  if (inline?.kind === 'list') {
    const target = textOf(at(section, 'target')) || null;
    const [unset] = keptVariables(target ?? '');
    if (unset !== undefined) return skip(`${unset} has no value`);
    const pieces = inline.items.filter((item): item is Scalar => item.kind === 'scalar');
    const written = { dockerfile: inline.origin.file, inline: { service: key, pieces } };
    return { build: { ...written, target, ...given(service, section) }, notices: [] };
  }
  const dockerfile = textOf(at(section, 'dockerfile')) || 'Dockerfile';
  const target = textOf(at(section, 'target')) || null;
  const [unset] = keptVariables(`${context}/${dockerfile}/${target ?? ''}`);
  if (unset !== undefined) return skip(`${unset} has no value`);
  if (isRemote(context)) return skip('its sources are elsewhere, and nothing is fetched');
  if (posix.isAbsolute(context) || context.startsWith('..')) return skip(`${context} is outside of what is scanned`);
  return { build: { dockerfile: resolvePath(context, dockerfile), target, ...given(service, section) }, notices: [] };
}

function given(service: Value, section: Value): Pick<Build, 'args' | 'names'> {
  const args = new Map<string, Value>();
  for (const { key, value } of entriesOf(at(section, 'args'))) args.set(key, value);
  const image = textOf(at(service, 'image'));
  return { args, names: image && keptVariables(image).length === 0 ? [image] : [] };
}

/** The builds once each, with every name that one of them gives; sorted by id. */
export function distinctBuilds(builds: readonly Build[]): readonly Build[] {
  const byId = new Map<string, Build>();
  for (const build of builds) {
    const id = buildId(build);
    const known = byId.get(id);
    const names = [...new Set([...(known?.names ?? []), ...build.names])].sort();
    byId.set(id, { ...(known ?? build), names });
  }
  return [...byId].sort(byText(([key]) => key)).map(([, build]) => build);
}
