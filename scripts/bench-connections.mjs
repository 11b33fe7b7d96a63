// The view of `portolan connections` and its text, from 2,000 to 20,000 workloads: they are told by groups, never by pairs.
//   node scripts/bench-connections.mjs
import { landscape } from './bench-reach.mjs';
import { bundled } from './bench-sizes.mjs';

const CLUSTER = { id: 'cluster', name: 'cluster', kind: 'cluster', open: true, internal: false, outer: false };

/** An environment with the landscape's workloads, all in one cluster. */
function environmentOf({ workloads, guards, namespaces, assume }, relationOf) {
  for (const { workload } of workloads) {
    Object.assign(workload, {
      segments: [CLUSTER],
      optional: null,
      replicas: null,
      hostNetwork: null,
      writtenKind: 'Deployment',
      unit: 'unit',
    });
  }
  const relation = relationOf({ workloads, guards, namespaces, assume });
  return {
    id: 'cluster',
    workloads: workloads.map(({ workload }) => workload),
    relation,
    guards,
    exposures: [],
    gateways: [],
  };
}

const { relationOf, connectionsOf, connectionsText, connectionsJson } = await bundled(
  `export { relationOf } from './src/graph/reach/relate.ts';
  export { connectionsOf } from './src/graph/connections/index.ts';
  export { connectionsText } from './src/reporters/connections-text.ts';
  export { connectionsJson } from './src/reporters/connections-json.ts';`,
);

/** What guards the workloads: a guard for each, or one for each namespace, or none at all. */
const KINDS = {
  'a guard for each': (input) => input,
  'a guard for each namespace': (input) => ({
    ...input,
    guards: [...input.namespaces.keys()].map((namespace) => ({
      ...input.guards[0],
      id: namespace,
      namespace,
      subject: { ...input.guards[0].subject, namespace, requirements: [] },
      isolates: ['ingress'],
      grants: [
        {
          ...input.guards[0].grants[0],
          peers: [{ kind: 'workloads', selector: { ...input.guards[0].subject, namespace, requirements: [] } }],
          ports: [],
        },
      ],
    })),
  }),
  'no guard': (input) => ({ ...input, guards: [] }),
};

for (const [kind, change] of Object.entries(KINDS)) {
  for (const profile of ['declared', 'effective']) {
    for (const count of [2_000, 20_000]) {
      const input = change(landscape(count));
      const assume = { ...input.assume, profile };
      const environment = environmentOf({ ...input, assume }, relationOf);
      const start = performance.now();
      const cpu = process.cpuUsage();
      const view = connectionsOf([environment], assume);
      const used = process.cpuUsage(cpu);
      const made = performance.now();
      const context = { style: (_, text) => text };
      const text = connectionsText(view, context);
      const told = performance.now();
      const json = connectionsJson(view, context);
      const end = performance.now();
      const { groups, connections, left, pairs } = view.environments[0];
      const figures = [
        `${groups.length} groups`,
        `${connections.length} connections`,
        `${left.length} left out`,
        pairs ? `${pairs.length} pairs` : 'by groups',
        `view ${Math.round(made - start)} ms (${Math.round((used.user + used.system) / 1000)} ms of processor)`,
        `text ${Math.round(told - made)} ms, ${(text.length / 2 ** 20).toFixed(1)} MB`,
        `json ${Math.round(end - told)} ms, ${(json.length / 2 ** 20).toFixed(1)} MB`,
        `${Math.round(process.memoryUsage().rss / 2 ** 20)} MB`,
      ];
      console.log(`${kind}, ${profile}, ${count} workloads: ${figures.join('; ')}`);
    }
  }
}
