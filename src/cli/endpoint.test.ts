import { describe, expect, test } from 'vitest';
import type { Environment } from '../graph/exposure-graph.ts';
import type { Workload } from '../graph/vocabulary.ts';
import { findEnds, readTarget } from './endpoint.ts';

describe('a target', () => {
  test.each([
    ['web', 'web', null, null],
    ['shop/web', 'shop/web', null, null],
    ['shop/web:8080', 'shop/web', 8080, null],
    ['shop/web[Deployment]:53/udp', 'shop/web[Deployment]', 53, 'udp'],
    ['internet', 'internet', null, null],
    ['192.0.2.1', '192.0.2.1', null, null],
    ['192.0.2.1:443', '192.0.2.1', 443, null],
    ['192.0.2.0/24:443/tcp', '192.0.2.0/24', 443, 'tcp'],
    ['2001:db8::1', '2001:db8::1', null, null],
    ['2001:db8::/32', '2001:db8::/32', null, null],
    ['[2001:db8::1]:443', '2001:db8::1', 443, null],
  ])('%s', (text, name, port, protocol) => {
    const { end, port: asked } = readTarget(text);
    expect([typeof end === 'string' ? end : end.text, asked?.port ?? null, asked?.protocol ?? null]).toEqual([
      name,
      port,
      protocol,
    ]);
  });

  test.each([
    ['web:', 'write a number from 1 to 65535'],
    ['web:0', 'write a number from 1 to 65535'],
    ['web:http', 'write a number from 1 to 65535'],
    ['web:99999999999', 'write a number from 1 to 65535'],
    ['web:80/icmp', 'write tcp, udp, sctp'],
  ])('%s is none', (text, message) => expect(() => readTarget(text)).toThrow(message));
});

const workload = (namespace: string | null, name: string, writtenKind = 'Deployment') =>
  ({ namespace, name, writtenKind }) as Workload;
const environment = (id: string, workloads: readonly Workload[]) =>
  ({ id, workloads, gateways: [], guards: [] }) as unknown as Environment;

describe('ends', () => {
  const here = environment('here', [workload('shop', 'web'), workload('shop', 'db'), workload('ops', 'db', 'Job')]);
  const there = environment('there', [workload('shop', 'web'), workload('shop', 'cache')]);

  test('are found in every environment that has both', () => {
    const found = findEnds([here, there], 'web', {
      kind: 'addresses',
      text: 'internet',
      addresses: { v4: [], v6: [] },
    });
    expect(found.map((each) => each.environment.id)).toEqual(['here', 'there']);
    expect(findEnds([here, there], 'web', 'shop/db').map((each) => each.environment.id)).toEqual(['here']);
    expect(findEnds([here], 'web', 'db[Job]')[0]?.to).toEqual({ kind: 'workload', workload: here.workloads[2] });
  });

  test.each([
    ['db', 'web', 'several workloads of here are called "db": name one of shop/db[Deployment], ops/db[Job]'],
    ['web', 'shop/dbs', 'no workload is called "shop/dbs": did you mean `shop/db`?'],
    ['web', 'nothing-like-it', 'no workload is called "nothing-like-it": known: cache, db, web'],
    ['*b', 'web', 'give one workload instead of the pattern "*b", which matches ops/db, shop/db, shop/web'],
    ['shop/db', 'cache', 'no environment has both of them: shop/db is in here; cache is in there'],
  ])('%s and %s', (from, to, message) => {
    expect(() => findEnds([here, there], from, to)).toThrow(message);
  });

  test('of thousands of workloads are not all listed', () => {
    const many = environment(
      'many',
      Array.from({ length: 5000 }, (_, i) => workload('shop', `workload-${i}`)),
    );
    expect(() => findEnds([many], 'x', 'workload-1')).toThrow('`portolan ports` lists them all');
    expect(() => findEnds([many], 'work*', 'workload-1')).toThrow('and 4980 more');
  });
});
