import { volumeParts } from '../../assemble/compose/volume-parts.ts';
import type { ComposeUnit } from '../../assemble/unit.ts';
import type { MountFact } from '../../graph/fragment.ts';
import { at, booleanOf, itemsOf, textOf, type Value } from '../../source/value.ts';

/** The paths and volumes that a service's containers see; anonymous volumes and memory are nobody else's. */
export function readMounts(unit: ComposeUnit, service: Value): readonly MountFact[] {
  return itemsOf(at(service, 'volumes')).flatMap((item): MountFact[] => {
    const mount = item.kind === 'mapping' ? longForm(item) : shortForm(item);
    if (!mount) return [];
    return [mount.kind === 'volume' ? behindVolume(unit, mount) : mount];
  });
}

function shortForm(item: Value): MountFact | undefined {
  const written = textOf(item);
  if (written === undefined) return undefined;
  const { source, target, options } = volumeParts(written);
  if (source === null) return undefined;
  const kind = /^[A-Za-z0-9]/.test(source) && !/[\\/]/.test(source) ? 'volume' : 'host';
  return { source, target, kind, readOnly: options.includes('ro'), origin: item.origin };
}

function longForm(item: Value): MountFact | undefined {
  const type = textOf(at(item, 'type')) ?? 'volume';
  const source = textOf(at(item, 'source'));
  if (source === undefined || (type !== 'bind' && type !== 'volume' && type !== 'npipe')) return undefined;
  const target = textOf(at(item, 'target')) ?? '';
  const readOnly = booleanOf(at(item, 'read_only')) === true;
  return { source, target, kind: type === 'volume' ? 'volume' : 'host', readOnly, origin: item.origin };
}

/** A volume of the local driver that is a folder of the host under another name. */
function behindVolume(unit: ComposeUnit, mount: MountFact): MountFact {
  const options = at(unit.model, 'volumes', mount.source, 'driver_opts');
  const device = textOf(at(options, 'device'));
  const bound = (textOf(at(options, 'o')) ?? '').split(',').includes('bind');
  return device !== undefined && bound ? { ...mount, source: device, kind: 'host' } : mount;
}
