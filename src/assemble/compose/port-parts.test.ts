import { describe, expect, test } from 'vitest';
import { memoryTree } from '../../source/tree.ts';
import { at, itemsOf, type Value } from '../../source/value.ts';
import { openFiles } from '../files.ts';
import { portKey, portParts } from './port-parts.ts';

function items(yaml: string): readonly Value[] {
  const root = openFiles(memoryTree({ 'a.yaml': `ports:\n${yaml}` })).parsed('a.yaml')?.documents[0]?.root;
  return itemsOf(at(root ?? undefined, 'ports'));
}

const partsOf = (yaml: string) => {
  const { origin: _, ...parts } = portParts(items(yaml)[0] as Value) ?? { origin: null };
  return parts;
};

const plain = { address: null, published: null, protocol: 'tcp', mode: null, applicationProtocol: null };

describe('short forms', () => {
  test.each([
    ['- 80', { target: '80' }],
    ['- "80"', { target: '80' }],
    ['- 80.0', { target: '80' }],
    ['- 0x50', { target: '80' }],
    ['- 22:22', { published: '22', target: '22' }],
    ['- 8080:80', { published: '8080', target: '80' }],
    ['- 2222:22/UDP', { published: '2222', target: '22', protocol: 'udp' }],
    ['- 3000-3005', { target: '3000-3005' }],
    ['- 9000-9002:8000-8002', { published: '9000-9002', target: '8000-8002' }],
    ['- 127.0.0.1:8080:80', { address: '127.0.0.1', published: '8080', target: '80' }],
    ['- 127.0.0.1::80', { address: '127.0.0.1', target: '80' }],
    ['- "[::1]:8080:80"', { address: '::1', published: '8080', target: '80' }],
    ['- "::1:8080:80"', { address: '::1', published: '8080', target: '80' }],
    ['- ":80"', { target: '80' }],
    ['- "${BIND}:80/tcp"', { published: '${BIND}', target: '80' }],
    ['- "${IP:-x}:${PORT}:80"', { address: '${IP:-x}', published: '${PORT}', target: '80' }],
  ])('%s', (yaml, expected) => expect(partsOf(yaml)).toMatchObject({ ...plain, ...expected }));
});

describe('the long form', () => {
  test.each([
    ['- target: 80', { text: '80', target: '80' }],
    ['- { target: 80, published: 8080 }', { text: '8080:80', published: '8080', target: '80' }],
    ['- { target: 80, published: "8080-8090" }', { published: '8080-8090', target: '80' }],
    [
      '- { target: 53, published: 53, host_ip: 10.0.0.1, protocol: udp, mode: host, app_protocol: dns }',
      {
        text: '10.0.0.1:53:53/udp',
        published: '53',
        address: '10.0.0.1',
        protocol: 'udp',
        mode: 'host',
        applicationProtocol: 'dns',
      },
    ],
    ['- { target: 80, published: 80, host_ip: "::1" }', { text: '[::1]:80:80', address: '::1', published: '80' }],
    ['- { target: 80, host_ip: 127.0.0.1 }', { text: '127.0.0.1::80', address: '127.0.0.1', published: null }],
    ['- { target: 80, published: 127.0.0.1:8080 }', { address: '127.0.0.1', published: '8080', target: '80' }],
  ])('%s', (yaml, expected) => expect(partsOf(yaml)).toMatchObject({ ...plain, ...expected }));
});

test.each(['- [80]', '- { published: 80 }', '- null', '-'])('%s is no port', (yaml) => {
  expect(portParts(items(yaml)[0] as Value)).toBeUndefined();
});

test('the same port in either form has the same key, another address or protocol another one', () => {
  const keys = items(
    '- 8080:80\n- { target: 80, published: 8080, host_ip: 0.0.0.0 }\n- 127.0.0.1:8080:80\n- 8080:80/udp\n- 80',
  ).map(portKey);
  expect(keys[0]).toBe(keys[1]);
  expect(new Set(keys).size).toBe(4);
});
