import type { ComposeUnit } from '../../assemble/unit.ts';
import type { NameFact } from '../../graph/fragment.ts';
import { at, type Entry, entriesOf, itemsOf, textOf } from '../../source/value.ts';
import { linksOf } from './need.ts';
import { type ComposeMembership, DEFAULT_BRIDGE, type Networks } from './network.ts';

/** Answers the names under which others find a service. */
export type Names = (service: Entry) => readonly NameFact[];

/**
 * The names of a service on each of its networks: its key, container name, host name and aliases (Docker's own name
 * server answers all of them), and for one client alone the alias that its link gives.
 */
export function namesIn(unit: ComposeUnit, networks: Networks): Names {
  const linked = new Map<string, { readonly client: string; readonly alias: string | null }[]>();
  for (const client of entriesOf(at(unit.model, 'services'))) {
    for (const { service, alias } of linksOf(client)) {
      const links = linked.get(service) ?? [];
      links.push({ client: client.key, alias });
      linked.set(service, links);
    }
  }
  const segmentsOf = (service: string) =>
    (networks.placements.get(service)?.memberships ?? []).map(({ segment }) => segment);

  return (service) => {
    const names = new Map<string, NameFact>();
    const add = (name: string, within: string, only?: string) => {
      const lower = name.toLowerCase().replace(/\.$/, '');
      if (lower === '' || lower.includes('${')) return;
      const fact = { name: lower, within, ...(only === undefined ? {} : { only }) };
      names.set(JSON.stringify([lower, within, only]), fact);
    };
    const memberships = networks.placements.get(service.key)?.memberships ?? [];
    for (const membership of memberships) {
      // The host has no name server for containers, and on the default bridge only links have names.
      const { segment } = membership;
      if (networks.segment(segment)?.kind !== 'docker-network' || segment === DEFAULT_BRIDGE) continue;
      for (const name of [...ownNames(unit, service), ...aliasesOn(membership)]) add(name, segment);
    }
    const own = new Set(segmentsOf(service.key));
    for (const { client, alias } of linked.get(service.key) ?? []) {
      for (const segment of segmentsOf(client).filter((each) => own.has(each))) {
        if (alias !== null) add(alias, segment, client);
        if (segment === DEFAULT_BRIDGE) add(service.key, segment, client);
      }
    }
    return [...names.values()];
  };
}

function ownNames(unit: ComposeUnit, { key, value }: Entry): readonly string[] {
  return [
    key,
    ...['container_name', 'hostname'].flatMap((field) => textOf(at(value, field)) ?? []),
    ...(unit.swarm ? [`tasks.${key}`] : []),
  ];
}

function aliasesOn({ settings }: ComposeMembership): readonly string[] {
  return itemsOf(at(settings ?? undefined, 'aliases')).flatMap((alias) => textOf(alias) ?? []);
}
