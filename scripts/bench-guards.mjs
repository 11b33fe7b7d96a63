// The graph of a cloud account: 50,000 rules of security groups over 20,000 interfaces, and smaller ones of the same shape.
// From what the adapter made of the resources to who gets in where. Time, memory added after reading, growth.
//   node scripts/bench-guards.mjs             the table that `npm run bench` prints
//   node scripts/bench-guards.mjs INTERFACES  one measurement, as JSON

import { fileURLToPath } from 'node:url';
import { bestAt, bundled, growthOf, megabytes } from './bench-sizes.mjs';

const SELF = fileURLToPath(import.meta.url);
const SIZES = [200, 2_000, 20_000];
/** Rules for each interface, and interfaces for each group of their own. */
const RULES = 2.5;
const PER_GROUP = 2;

const origin = (line) => ({ file: 'main.tf', start: line * 10, end: line * 10 + 5 });
const scalar = (text, at) => ({ kind: 'scalar', value: text, text, style: 'plain', origin: at });

/** A value that refers to an attribute of a resource. */
const referring = (address, at) => ({
  kind: 'unknown',
  because: 'it is known after apply',
  refers: [{ address, attribute: 'id' }],
  origin: at,
});

/** The body of a resource: texts, numbers, lists of them, and references as `{ to: address }`. */
function body(attributes, at) {
  const value = (given) => {
    if (Array.isArray(given)) return { kind: 'list', items: given.map(value), origin: at };
    if (typeof given === 'object') return referring(given.to, at);
    return { ...scalar(`${given}`, at), value: given };
  };
  const entries = new Map(
    Object.entries(attributes).map(([key, given]) => [key, { key, keyOrigin: at, value: value(given) }]),
  );
  return { kind: 'mapping', entries, origin: at };
}

/**
 * A root module: twenty networks with ten subnets each, groups of two machines, and rules that admit ranges, other groups
 * and, now and then, everybody.
 */
function account(interfaces) {
  const resources = [];
  const add = (type, name, attributes) => {
    const at = origin(resources.length);
    const address = `${type}.${name}`;
    resources.push({
      ...{ address, mode: 'managed', type, name, module: '', provider: 'aws', origin: at },
      body: body(attributes, at),
    });
    return { to: address };
  };
  const networks = Array.from({ length: 20 }, (_, i) => add('aws_vpc', `n${i}`, { cidr_block: `10.${i}.0.0/16` }));
  const subnets = networks.flatMap((network, n) =>
    Array.from({ length: 10 }, (_, s) =>
      add('aws_subnet', `n${n}_${s}`, {
        vpc_id: network,
        cidr_block: `10.${n}.${s}.0/24`,
        map_public_ip_on_launch: s === 0,
      }),
    ),
  );
  for (const [n, network] of networks.entries()) {
    const gateway = add('aws_internet_gateway', `n${n}`, { vpc_id: network });
    add('aws_route', `n${n}`, { route_table_id: network, destination_cidr_block: '0.0.0.0/0', gateway_id: gateway });
  }
  const count = Math.max(1, Math.round(interfaces / PER_GROUP));
  const groups = Array.from({ length: count }, (_, g) =>
    add('aws_security_group', `g${g}`, { vpc_id: networks[g % networks.length] }),
  );
  for (let i = 0; i < interfaces; i++) {
    const own = i % count;
    add('aws_instance', `m${i}`, {
      subnet_id: subnets[(own % networks.length) * 10 + (i % 10)],
      vpc_security_group_ids: [groups[own]],
    });
  }
  for (let r = 0; r < interfaces * RULES; r++) {
    const group = r % count;
    const port = 1024 + ((r * 31) % 40_000);
    const peer =
      r % 3 === 0
        ? { source_security_group_id: groups[(group * 7 + 1) % count] }
        : { cidr_blocks: [r % 50 === 1 ? '0.0.0.0/0' : `10.${r % 256}.${(r >> 8) % 256}.0/24`] };
    add('aws_security_group_rule', `r${r}`, {
      ...{ type: r % 10 === 9 ? 'egress' : 'ingress', security_group_id: groups[group] },
      ...{ protocol: 'tcp', from_port: port, to_port: port },
      ...peer,
    });
  }
  const id = 'terraform:.';
  return { id, technology: 'terraform', root: '.', variant: null, files: ['main.tf'], resources };
}

async function measure(size) {
  const program = await bundled(
    `export { terraformFragment } from './src/adapters/terraform/index.ts';
    export { buildGraph } from './src/graph/build.ts';
    export { catalogueOf } from './src/graph/prepare-catalogue.ts';
    export { NO_ASSUMPTIONS } from './src/graph/vocabulary.ts';
    export * as guarding from './src/graph/guarding.ts';`,
  );
  const unit = account(size);
  const opened = performance.now();
  const { value: fragment } = program.terraformFragment(unit);
  const read = process.memoryUsage().rss;
  const start = performance.now();
  const before = process.cpuUsage();
  const graph = program.buildGraph(
    [fragment],
    program.catalogueOf([], []),
    program.NO_ASSUMPTIONS,
    program.guarding,
  ).value;
  const time = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  const used = (user + system) / 1000;
  const added = process.memoryUsage().rss - read;
  const count = (kind) => graph.environments.reduce((sum, environment) => sum + environment[kind].length, 0);
  return { time, used, reading: start - opened, added, exposures: count('exposures'), listeners: count('listeners') };
}

/** Prints what the graph takes at each size, the best of three. */
export function benchGuards() {
  const found = bestAt(SELF, SIZES);
  for (const { size, time, used, reading, added, exposures } of found) {
    const what = `${size * RULES} rules, ${size} interfaces`.padEnd(33);
    console.log(
      `${what}${time.toFixed(0)} ms (${used.toFixed(0)} ms of processor), after ${reading.toFixed(0)} ms of facts; ${megabytes(added)} more (${exposures} exposures)`,
    );
  }
  console.log(`${growthOf(found)} (50000 rules over 20000 interfaces in at most 3000 ms)`);
}

if (process.argv[1] === SELF) {
  const size = Number(process.argv[2]);
  if (size > 0) console.log(JSON.stringify(await measure(size)));
  else benchGuards();
}
