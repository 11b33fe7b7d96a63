import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import generated from '../../generated/catalogue.json' with { type: 'json' };
import type { Catalogue } from '../catalogue.ts';
import { ROLES } from '../vocabulary.ts';
import { type RoleClues, rolesOf } from './role.ts';

const catalogue = generated as unknown as Catalogue;

function clues(port: number, more: Partial<RoleClues> = {}): RoleClues {
  return {
    ports: { from: port, to: port },
    protocol: 'tcp',
    flag: null,
    program: null,
    image: null,
    imagePort: null,
    name: null,
    owner: 'app',
    checkPaths: [],
    grpc: false,
    scraped: false,
    ...more,
  };
}

const verdict = (port: number, more: Partial<RoleClues> = {}) => rolesOf(clues(port, more), catalogue);
const best = (port: number, more: Partial<RoleClues> = {}) => verdict(port, more).roles[0];

describe('rolesOf', () => {
  it.each([
    [5432, 'data-store', 'PostgreSQL'],
    [6379, 'cache', 'Redis'],
    [27017, 'data-store', 'MongoDB'],
    [22, 'remote-admin', 'SSH'],
    [3389, 'remote-admin', 'RDP'],
    [9229, 'debug', 'Node.js inspector'],
    [2375, 'control-plane', 'Docker daemon'],
    [15090, 'mesh', 'Envoy metrics (Istio)'],
  ])('takes %i for %s by its number alone, with medium confidence', (port, role, service) => {
    expect(verdict(port)).toMatchObject({ service, roles: [{ role, confidence: 'medium' }], sensitive: true });
  });

  it.each([3000, 5000, 8000, 8080, 8888, 9000, 9090])('guesses little from %i, which many things use', (port) => {
    expect(verdict(port)).toMatchObject({
      service: null,
      roles: [{ role: 'application', confidence: 'low' }],
      sensitive: false,
      transport: 'unknown',
    });
  });

  it('knows nothing of a number that nobody uses', () => {
    expect(verdict(54321)).toEqual({
      service: null,
      roles: [{ role: 'unknown', confidence: 'low' }],
      sensitive: false,
      transport: 'unknown',
    });
  });

  it('believes the flag that opens a port before all else', () => {
    expect(best(8080, { flag: 'debug', name: 'http' })).toEqual({ role: 'debug', confidence: 'high' });
    expect(verdict(9229, { flag: 'debug' }).service).toBe('Node.js inspector');
    expect(verdict(7000, { flag: 'debug' }).sensitive).toBe(true);
  });

  it('believes what the image says of this very port before the port name', () => {
    const imagePort = { ports: { from: 15672, to: 15672 }, protocol: 'tcp', service: 'RabbitMQ management' } as const;
    expect(verdict(15672, { image: 'RabbitMQ', imagePort, name: 'amqp' })).toMatchObject({
      service: 'RabbitMQ management',
      roles: [
        { role: 'management', confidence: 'high' },
        { role: 'message-broker', confidence: 'low' },
      ],
    });
  });

  it('takes the service of the image for its port where the image catalogue names no other', () => {
    const imagePort = { ports: { from: 7000, to: 7000 }, protocol: 'tcp' } as const;
    expect(verdict(7000, { image: 'Redis', imagePort })).toMatchObject({
      service: 'Redis',
      roles: [
        { role: 'cache', confidence: 'high' },
        { role: 'data-store', confidence: 'low' },
      ],
    });
  });

  it('takes the program of the command line for any of its ports', () => {
    expect(best(7777, { program: 'redis' })).toEqual({ role: 'cache', confidence: 'high' });
  });

  it('ranks a number that few others use before an image that it is no habit of', () => {
    expect(verdict(15692, { image: 'RabbitMQ' }).roles).toEqual([
      { role: 'metrics', confidence: 'medium' },
      { role: 'message-broker', confidence: 'low' },
    ]);
  });

  it.each([
    ['http-metrics', 'metrics'],
    ['metrics', 'metrics'],
    ['debug', 'debug'],
    ['admin', 'management'],
    ['mgmt', 'management'],
    ['api-admin', 'management'],
    ['healthz', 'health'],
    ['tcp-redis', 'cache'],
    ['postgres2', 'data-store'],
    ['grpc-otlp', 'telemetry'],
    ['http', 'application'],
    ['http-8081', 'application'],
  ])('reads the port name %s as %s', (name, role) => {
    expect(best(8181, { name })).toEqual({ role, confidence: 'medium' });
  });

  it('ranks a number that few others use before a name that only says how to speak', () => {
    expect(verdict(15672, { name: 'http' }).roles).toEqual([
      { role: 'management', confidence: 'medium' },
      { role: 'application', confidence: 'low' },
    ]);
  });

  it('ranks such a number before one word of a name, and after the whole of it', () => {
    expect(best(15672, { name: 'rabbitmq-http' })?.role).toBe('management');
    expect(best(15672, { name: 'rabbitmq' })?.role).toBe('message-broker');
    expect(best(80, { name: 'debug-port' })?.role).toBe('debug');
  });

  it('learns nothing from the words of a name that is the container’s', () => {
    expect(best(8081, { name: 'store-admin', owner: 'store-admin' })).toEqual({
      role: 'application',
      confidence: 'low',
    });
    expect(best(7777, { name: 'redis', owner: 'redis' })?.role).toBe('cache');
  });

  it('takes a port that something probes for a web application, and a scraped one for metrics too', () => {
    expect(verdict(7654, { checkPaths: ['/health'], scraped: true }).roles).toEqual([
      { role: 'application', confidence: 'medium' },
      { role: 'metrics', confidence: 'medium' },
    ]);
  });

  it('takes a port that a gRPC check asks for gRPC, whatever its number is often for', () => {
    const known = { role: 'inter-service', confidence: 'medium' };
    expect(verdict(8080, { grpc: true })).toMatchObject({ service: 'gRPC', transport: 'plaintext' });
    expect(best(8080, { grpc: true })).toEqual(known);
    expect(best(6379, { grpc: true })?.role).toBe('cache');
    expect(best(7777, { grpc: true, name: 'metrics' })?.role).toBe('metrics');
  });

  it('says what the service speaks', () => {
    expect(verdict(443).transport).toBe('tls');
    expect(verdict(80).transport).toBe('plaintext');
    expect(verdict(6379).transport).toBe('plaintext');
    expect(verdict(1433).transport).toBe('unknown');
    expect(verdict(6379, { name: 'redis-tls' }).transport).toBe('tls');
    expect(verdict(8080, { name: 'https' }).transport).toBe('tls');
  });

  it('knows protocols apart', () => {
    expect(best(2049)?.role).toBe('file-share');
    expect(rolesOf({ ...clues(51820), protocol: 'udp' }, catalogue).service).toBe('WireGuard');
    expect(best(51820)).toEqual({ role: 'unknown', confidence: 'low' });
  });

  it('takes a range for a service only where all of it is the service’s', () => {
    expect(rolesOf({ ...clues(0), ports: { from: 5900, to: 5903 } }, catalogue).service).toBe('VNC');
    expect(rolesOf({ ...clues(0), ports: { from: 5900, to: 65535 } }, catalogue).roles[0]?.role).toBe('unknown');
  });

  it('always ranks something, each role once, and never lets a number of many be more than a guess', () => {
    const arbitrary = fc.record({
      port: fc.integer({ min: -1, max: 70000 }),
      name: fc.option(fc.oneof(fc.string(), fc.constantFrom('http', 'metrics', 'a-'.repeat(50), '__proto__'))),
      image: fc.option(fc.constantFrom('Redis', 'nothing', 'constructor')),
      flag: fc.option(fc.constantFrom(...ROLES)),
    });
    fc.assert(
      fc.property(arbitrary, ({ port, ...more }) => {
        const { roles } = verdict(port, more);
        expect(roles.length).toBeGreaterThan(0);
        expect(new Set(roles.map(({ role }) => role)).size).toBe(roles.length);
      }),
    );
  });
});
