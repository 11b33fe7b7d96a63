/** Ports that something is asked to scrape (E9): whoever asks for it says that a process answers there. */
import { append } from '../../source/multimap.ts';
import type { Origin } from '../../source/span.ts';
import type { RunningContainer, RunningWorkload, Select, StatedNeed } from '../running.ts';
import { type Claim, scrapeClaim } from './claim.ts';

interface Scrape {
  readonly port: number | string;
  readonly origin: Origin;
}

/** Answers the claims that requests to scrape make of a container. */
export function scrapesOf(
  stated: readonly StatedNeed[],
  select: Select,
): (workload: RunningWorkload, container: RunningContainer) => readonly Claim[] {
  const scrapes = new Map<RunningWorkload, Scrape[]>();
  for (const { fact, to } of stated) {
    if (fact.kind !== 'scrape' || fact.port === null) continue;
    const scraped = fact.to.kind === 'selector' ? select(fact.to.selector) : to ? [to] : [];
    for (const workload of scraped) {
      append(scrapes, workload, { port: fact.port, origin: fact.origin });
    }
  }
  return (workload, container) =>
    (scrapes.get(workload) ?? []).flatMap(({ port, origin }) => {
      const holder = workload.containers.find((each) => portOf(each, port) !== undefined) ?? firstOf(workload);
      const number = holder === container ? (portOf(container, port) ?? port) : undefined;
      return typeof number === 'number' ? [scrapeClaim(number, origin)] : [];
    });
}

/** The container that gets what no container declares. */
function firstOf({ containers }: RunningWorkload): RunningContainer | undefined {
  return containers.find(({ fact }) => fact.role === 'main') ?? containers[0];
}

/** The declared port that has the number or the name. */
function portOf({ fact, ports, exposed }: RunningContainer, wanted: number | string): number | undefined {
  if (fact.role === 'init') return undefined;
  const declared = [...ports, ...exposed].find(
    ({ name, ports: { from, to }, protocol }) =>
      protocol === 'tcp' && (typeof wanted === 'string' ? name === wanted : from <= wanted && wanted <= to),
  );
  return declared && (typeof wanted === 'number' ? wanted : declared.ports.from);
}
