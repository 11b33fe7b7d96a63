import { describe, expect, test } from 'vitest';
import { openFiles } from '../../assemble/files.ts';
import { memoryTree } from '../../source/tree.ts';
import { at, itemsOf, type Value } from '../../source/value.ts';
import { readExposedPort, readPublishedPort } from './port.ts';

function item(yaml: string): Value {
  const root = openFiles(memoryTree({ 'a.yaml': `ports:\n- ${yaml}` })).parsed('a.yaml')?.documents[0]?.root;
  return itemsOf(at(root ?? undefined, 'ports'))[0] as Value;
}

const read = (yaml: string) => readPublishedPort(item(yaml));
const one = (port: number) => ({ from: port, to: port });

describe('what is published', () => {
  test.each([
    ['80', { target: one(80), published: null, address: null, protocol: 'tcp' }],
    ['8080:80', { target: one(80), published: one(8080), address: null }],
    ['22:22', { target: one(22), published: one(22) }],
    ['"0:80"', { target: one(80), published: null }],
    ['127.0.0.1:8080:80', { target: one(80), published: one(8080), address: '127.0.0.1' }],
    ['127.0.0.1::80', { target: one(80), published: null, address: '127.0.0.1' }],
    ['"[::1]:8080:80"', { target: one(80), published: one(8080), address: '::1' }],
    ['"[::]:8080:80"', { address: '::' }],
    ['53:53/udp', { protocol: 'udp' }],
    ['9999:9999/sctp', { protocol: 'sctp' }],
    ['3000-3005', { target: { from: 3000, to: 3005 }, published: null }],
    ['9000-9005:3000-3005', { target: { from: 3000, to: 3005 }, published: { from: 9000, to: 9005 } }],
    ['12400-12500:1240', { target: one(1240), published: { from: 12400, to: 12500 } }],
    ['127.0.0.1:5000-5010:5000-5010', { address: '127.0.0.1', published: { from: 5000, to: 5010 } }],
    ['{ target: 80, published: 8080, mode: host, app_protocol: https }', { hostMode: true, tls: true }],
    ['{ target: 80, published: "8080", host_ip: 127.0.0.1, protocol: tcp }', { address: '127.0.0.1', hostMode: false }],
    ['{ target: 80, published: 127.0.0.1:8080 }', { address: '127.0.0.1', published: one(8080) }],
  ])('%s', (yaml, expected) => {
    const port = read(yaml);
    expect(port).toMatchObject(expected);
    expect(port.problem).toBeUndefined();
    expect(port).not.toHaveProperty('unknown');
  });
});

describe('what hangs on a variable without value', () => {
  test.each([
    ['"${PORT}:80"', { target: one(80), published: null, address: null }, 'PORT'],
    ['"${IP}:8080:80"', { target: one(80), published: one(8080), address: null }, 'IP'],
    ['"127.0.0.1:${PORT}:80"', { target: one(80), published: null, address: '127.0.0.1' }, 'PORT'],
    ['{ target: 80, published: "${PORT}" }', { target: one(80), published: null }, 'PORT'],
  ])('%s', (yaml, expected, variable) => {
    const port = read(yaml);
    expect(port).toMatchObject({ ...expected, unknown: { because: `${variable} has no value` } });
    expect(port.problem).toBeUndefined();
  });

  test.each(['"${PORT}"', '"8080:${PORT}"', '"8080:80/${PROTOCOL}"'])('the container side of %s', (yaml) => {
    expect(read(yaml)).toMatchObject({ target: null });
  });
});

describe('what Docker refuses', () => {
  test.each([
    ['localhost:80:80', /localhost.*no IP address/],
    ['10.0.1:80:80', /no IP address/],
    ['999.0.0.1:80:80', /no IP address/],
    ['80:http', /"http" is no container port/],
    ['http:80', /"http" is no host port/],
    ['70000:80', /1 to 65535/],
    ['8080:0', /1 to 65535/],
    ['80:80/icmp', /"icmp" is no protocol/],
    ['9000-9001:80-85', /different lengths/],
    ['80:8000-8001', /different lengths/],
    ['90-80:80', /"90-80" is no host port/],
    ['{ published: 80 }', /no port/],
    ['[80]', /no port/],
  ])('%s', (yaml, problem) => expect(read(yaml).problem).toMatch(problem));

  test('the container side is declared all the same where it can be read', () => {
    expect(read('9000-9001:80-85')).toMatchObject({
      target: { from: 80, to: 85 },
      published: { from: 9000, to: 9001 },
    });
    expect(read('70000')).toMatchObject({ target: one(70000) });
    expect(read('80:http')).not.toHaveProperty('target');
  });
});

test('expose takes ports, ranges and protocols, and nothing of the host', () => {
  expect(readExposedPort(item('3000'))).toEqual({ ports: one(3000), protocol: 'tcp' });
  expect(readExposedPort(item('"8000-8005/udp"'))).toEqual({ ports: { from: 8000, to: 8005 }, protocol: 'udp' });
  expect(readExposedPort(item('"80:80"'))).toBeUndefined();
  expect(readExposedPort(item('http'))).toBeUndefined();
});
