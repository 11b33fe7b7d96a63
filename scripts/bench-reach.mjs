// The granted relation alone, at sizes from 100 to 10,000 workloads with as many guards: time, memory, growth.
//   node scripts/bench-reach.mjs            the table that `npm run bench` prints
//   node scripts/bench-reach.mjs WORKLOADS  one measurement, as JSON

import { fileURLToPath } from 'node:url';
import { bestAt, bundled, growthOf, megabytes } from './bench-sizes.mjs';

const SELF = fileURLToPath(import.meta.url);
const SIZES = [100, 1_000, 3_000, 10_000];
const PER_NAMESPACE = 20;
const origin = { file: 'made-up.yaml', start: 0, end: 1 };

/** Numbers that look random and are the same in every run. */
function randomness(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const label = (key, value) => ({ key, operator: 'in', values: [value] });
const tcp = (port) => ({ protocol: 'tcp', ports: { from: port, to: port }, origin });
const named = (name) => ({ protocol: 'tcp', ports: name, origin });
const udp = (port) => ({ ...tcp(port), protocol: 'udp' });
const grant = (direction, peers, ports, verdict = 'allow') => ({ id: 'g', direction, peers, ports, verdict, origin });
const workloads = (where, ...requirements) => ({
  kind: 'workloads',
  selector: { ...where, requirements, origin },
  origin,
});
const everywhere = (...requirements) => ({ namespace: null, namespaces: requirements });

/** A range of addresses, every ninth without its second half. */
function block(i) {
  const net = `${1 + (i % 200)}.${(i >> 3) % 250}.${(i * 7) % 250}`;
  return { kind: 'addresses', cidr: `${net}.0/24`, except: i % 9 === 0 ? [`${net}.128/25`] : [], origin };
}

/**
 * Workloads in namespaces of twenty, and a guard for each: callers and targets in the namespace, callers of a team's
 * namespaces, ports by name, names everywhere, a range of addresses for every third; and one guard with a priority for all.
 */
export function landscape(count) {
  const random = randomness(42);
  const spaces = Math.max(1, Math.round(count / PER_NAMESPACE));
  const names = Array.from({ length: spaces }, (_, i) => `ns-${i}`);
  const namespaces = new Map(
    names.map((name, i) => [
      name,
      {
        labels: new Map([
          ['name', name],
          ['team', `team-${i % 25}`],
        ]),
        open: false,
      },
    ]),
  );
  const running = Array.from({ length: count }, (_, i) => {
    const namespace = names[i % spaces];
    const port = (name, number) => ({ name, protocol: 'tcp', ports: { from: number, to: number }, origin });
    return {
      fact: {
        namespace,
        labels: new Map([
          ['app', `app-${i}`],
          ['tier', `tier-${i % 5}`],
          ['release', `r-${i % 97}`],
        ]),
        hostNetwork: null,
      },
      workload: { id: `${namespace}/app-${i}`, name: `app-${i}`, namespace },
      containers: [{ fact: { role: 'main' }, ports: [port('http', 8080 + (i % 7)), port('metrics', 9090)] }],
    };
  });
  const guards = running.map((_, i) => {
    const namespace = names[i % spaces];
    const neighbour = () => {
      const other = (i + spaces * (1 + random(PER_NAMESPACE - 1))) % count;
      return workloads({ namespace }, label('app', `app-${other}`));
    };
    const team = everywhere(label('team', `team-${i % 25}`));
    return {
      id: `guard-${i}`,
      kind: 'guard',
      name: `guard-${i}`,
      namespace,
      subject: { namespace, requirements: [i % 20 === 0 ? label('tier', `tier-${i % 5}`) : label('app', `app-${i}`)] },
      tier: 1,
      priority: null,
      isolates: ['ingress', 'egress'],
      grants: [
        grant('ingress', [neighbour(), neighbour(), ...(i % 3 === 0 ? [block(i)] : [])], [named('http')]),
        grant('ingress', [workloads(team, label('tier', `tier-${i % 5}`))], [tcp(9090)]),
        grant('egress', [neighbour(), neighbour()], [tcp(8080 + (i % 7)), named('http')]),
        grant('egress', [], [udp(53)]),
        ...(i % 4 === 0 ? [grant('egress', [workloads(everywhere())], [tcp(9090)])] : []),
      ],
    };
  });
  const first = {
    ...guards[0],
    id: 'first',
    subject: { ...everywhere(), requirements: [] },
    tier: 0,
    priority: 5,
    isolates: [],
    grants: [
      grant('ingress', [workloads(everywhere(label('name', 'ns-0')))], [tcp(9090)]),
      grant('egress', [workloads(everywhere(), label('tier', 'tier-3'))], [tcp(22)], 'deny'),
    ],
  };
  const assume = { profile: 'effective', guardsEnforced: 'unknown', addressesMatchWorkloads: 'unknown' };
  return { workloads: running, guards: [first, ...guards], namespaces, assume };
}

/** Every row: for each workload who calls it on its ports and two others, and from which addresses. */
function measure(relationOf, input) {
  const start = performance.now();
  const relation = relationOf(input);
  let entries = 0;
  for (const { workload, containers } of input.workloads) {
    const to = relation.classOf(workload);
    for (const { ports } of containers[0].ports) {
      entries += relation.callers(to, 'tcp', ports.from).may.size;
      entries += relation.admitted(to, 'tcp', ports.from).may.v4.length / 2;
    }
    for (const port of [22, 443]) entries += relation.callers(to, 'tcp', port).may.size;
  }
  return { time: performance.now() - start, memory: process.memoryUsage().rss, entries };
}

/** Prints what the relation takes at each size, the best of three. */
export function benchReach() {
  const found = bestAt(SELF, SIZES);
  for (const { size, time, memory, entries } of found) {
    const what = `relation of ${size} workloads`.padEnd(33);
    console.log(`${what}${time.toFixed(0)} ms, ${megabytes(memory)} (${entries} entries)`);
  }
  console.log(`${growthOf(found)} (10000 in at most 1500 ms and 300 MB)`);
}

if (process.argv[1] === SELF) {
  const size = Number(process.argv[2]);
  if (size > 0) {
    const { relationOf } = await bundled(`export { relationOf } from './src/graph/reach/relate.ts';`);
    console.log(JSON.stringify(measure(relationOf, landscape(size))));
  } else benchReach();
}
