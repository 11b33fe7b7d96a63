import { expect, test } from 'vitest';
import type { Connections, Group, Ports } from '../graph/connections/view.ts';
import type { Workload } from '../graph/vocabulary.ts';
import { portsText } from './connections.ts';
import { REPORTERS } from './index.ts';
import type { Context } from './reporter.ts';
import { plain } from './style.ts';

const context = { style: plain } as Context;
const RUDE = '::error::\u001b[2J\r\n=cmd()"\u202e';

const workload = (name: string) =>
  ({ id: name, name, namespace: null, writtenKind: 'Pod', unit: 'unit' }) as unknown as Workload;
const group: Group = { id: 'group-1', members: [workload(RUDE), workload('web')] };
const single: Group = { id: 'group-2', members: [workload(`\t${RUDE}`)] };
const all: Ports = { all: true, ranges: [] };
const view: Connections = {
  profile: 'effective',
  environments: [
    {
      id: RUDE,
      groups: [group, single],
      connections: [
        {
          from: { kind: 'groups', groups: [group, single] },
          to: { kind: 'groups', groups: [single] },
          ports: all,
          verdict: 'possible',
          because: [RUDE],
          rules: [],
        },
      ],
      left: [single],
      pairs: null,
    },
    { id: 'other', groups: [single], connections: [], left: [], pairs: [] },
  ],
};

test.each(Object.keys(REPORTERS.connections) as (keyof typeof REPORTERS.connections)[])(
  'no name of the scanned tree moves the cursor or begins a command: %s',
  async (format) => {
    const report = await REPORTERS.connections[format]();
    const text = report(view, context);
    expect(text).toContain('web');
    expect(text).not.toMatch(/[\u0000-\u0009\u000b\u000c\u000e-\u001f]/);
    // Programs read JSON, and get the names as they are.
    if (format !== 'json') expect(text).not.toContain('\u202e');
    expect(text).not.toMatch(/^\s*::/m);
    if (format === 'csv') expect(text).not.toMatch(/(^|,)[=+@-]/m);
  },
);

test('ports are told as tools for network policies tell them', () => {
  const tcp = (from: number, to = from) => ({ protocol: 'tcp' as const, ports: { from, to } });
  const udp = (from: number, to = from) => ({ protocol: 'udp' as const, ports: { from, to } });
  const sctp = (from: number, to = from) => ({ protocol: 'sctp' as const, ports: { from, to } });
  const text = (...ranges: Ports['ranges']) => portsText({ all: false, ranges });
  expect(text(tcp(80), tcp(443), tcp(8000, 8100), udp(53))).toBe('TCP 80,443,8000-8100,UDP 53');
  expect(text(tcp(1, 65_535), sctp(9))).toBe('SCTP 9,TCP 1-65535');
  expect(portsText(all)).toBe('All Connections');
});
