import { at, entriesOf, entryOf, itemsOf, type Mapping, textOf, type Value } from '../../source/value.ts';
import { volumeParts } from './volume-parts.ts';

/**
 * Whether a canonical project is valid by itself: it has services, each has an image or a build, and every service,
 * network, volume, config and secret that one names is defined.
 */
export function standsAlone(project: Mapping): boolean {
  const services = [...entriesOf(at(project, 'services'))];
  return services.length > 0 && services.every(({ value }) => isComplete(value, project));
}

function isComplete(service: Value, project: Mapping): boolean {
  if (!at(service, 'image') && !at(service, 'build') && !at(service, 'provider')) return false;
  const defines = (section: string, name: string): boolean => entryOf(at(project, section), name) !== undefined;
  const names = (section: string, all: readonly string[]): boolean => all.every((name) => defines(section, name));
  return (
    names('services', servicesNamed(service)) &&
    names(
      'networks',
      keysOf(at(service, 'networks')).filter((name) => name !== 'default'),
    ) &&
    names('volumes', volumesNamed(service)) &&
    names('configs', sourcesOf(at(service, 'configs'))) &&
    names('secrets', sourcesOf(at(service, 'secrets')))
  );
}

function servicesNamed(service: Value): readonly string[] {
  const mode = textOf(at(service, 'network_mode')) ?? '';
  return [
    ...keysOf(at(service, 'depends_on')),
    ...itemsOf(at(service, 'links')).flatMap((link) => textOf(link)?.split(':')[0] ?? []),
    ...itemsOf(at(service, 'volumes_from')).flatMap((from) => {
      const name = textOf(from);
      return name === undefined || name.startsWith('container:') ? [] : [name.split(':')[0] as string];
    }),
    ...(mode.startsWith('service:') ? [mode.slice('service:'.length)] : []),
  ];
}

function volumesNamed(service: Value): readonly string[] {
  return itemsOf(at(service, 'volumes')).flatMap((item) => {
    const long = item.kind === 'mapping';
    if (long && textOf(at(item, 'type')) !== 'volume') return [];
    const source = long ? textOf(at(item, 'source')) : volumeParts(textOf(item) ?? '').source;
    return source && /^[A-Za-z0-9]/.test(source) && !/[\\/]/.test(source) ? [source] : [];
  });
}

function sourcesOf(value: Value | undefined): readonly string[] {
  return itemsOf(value).flatMap((item) => textOf(at(item, 'source')) ?? textOf(item) ?? []);
}

function keysOf(value: Value | undefined): readonly string[] {
  return [...entriesOf(value)].map(({ key }) => key);
}
