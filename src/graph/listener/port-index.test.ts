import { describe, expect, it, test } from 'vitest';
import generated from '../../generated/catalogue.json' with { type: 'json' };
import type { Catalogue } from '../catalogue.ts';
import { everyEntry } from '../catalogue-entry.ts';
import type { Protocol } from '../fragment.ts';
import { portIndex } from './port-index.ts';

const catalogue = generated as unknown as Catalogue;
const index = portIndex(catalogue.ports);
const ports = everyEntry(catalogue.ports.entries);
const images = everyEntry(catalogue.images.entries);

/** The ports that other scanners call sensitive, and those that none of them lists. */
const OWED = [
  20, 21, 22, 23, 25, 53, 80, 110, 111, 135, 137, 138, 139, 143, 161, 389, 443, 445, 512, 513, 514, 636, 873, 993, 995,
  1080, 1433, 1434, 1521, 1522, 1883, 2049, 2181, 2375, 2376, 2379, 2380, 2382, 2383, 2483, 2484, 3000, 3020, 3128,
  3306, 3389, 4040, 4194, 4317, 4318, 4333, 4505, 4506, 4646, 5005, 5432, 5500, 5601, 5672, 5678, 5800, 5900, 5984,
  5985, 5986, 6000, 6333, 6379, 6443, 7000, 7001, 7077, 7199, 7474, 7687, 8000, 8020, 8080, 8086, 8123, 8140, 8161,
  8200, 8265, 8300, 8301, 8302, 8443, 8500, 8501, 8502, 8503, 8600, 8883, 8888, 9000, 9042, 9090, 9092, 9100, 9104,
  9113, 9121, 9160, 9187, 9200, 9216, 9229, 9230, 9300, 10250, 10255, 10256, 10257, 10259, 11211, 11214, 11215, 11434,
  15000, 15001, 15006, 15010, 15012, 15014, 15017, 15020, 15021, 15053, 15090, 15672, 19530, 26257, 27017, 27018, 27019,
  40000, 50000, 50051, 50070, 50470, 61616, 61620, 61621,
];
const OWED_UDP = [53, 137, 138, 139, 161, 389, 514, 1434, 2049, 2483, 2484, 5432, 11211, 11214, 11215];

describe('the port catalogue', () => {
  it('names every port that other scanners name', () => {
    const listed = (port: number, protocol: Protocol) =>
      ports.some(
        (entry) => entry.protocols.includes(protocol) && entry.ports.some(({ from, to }) => from <= port && port <= to),
      );
    const unknown = OWED.filter((port) => !listed(port, 'tcp'));
    const unknownUdp = OWED_UDP.filter((port) => !listed(port, 'udp'));
    expect({ unknown, unknownUdp }).toEqual({ unknown: [], unknownUdp: [] });
  });

  it('has every service and every name once', () => {
    const services = ports.map(({ service }) => service.toLowerCase());
    const names = ports.flatMap((entry) => [...entry.names, ...entry.secureNames]);
    expect(duplicates(services)).toEqual([]);
    expect(duplicates(names)).toEqual([]);
  });

  it('dedicates no number to two services', () => {
    const claims = ports
      .filter(({ dedicated }) => dedicated)
      .flatMap((entry) =>
        entry.protocols.flatMap((protocol) => numbersOf(entry.ports).map((port) => `${port}/${protocol}`)),
      );
    expect(duplicates(claims)).toEqual([]);
  });

  it('has ranges that go upward, and no entry that speaks both in the clear and inside TLS', () => {
    expect(ports.filter((entry) => entry.ports.some(({ from, to }) => from > to || to > 65535))).toEqual([]);
    expect(ports.filter(({ plaintext, tls }) => plaintext && tls)).toEqual([]);
  });
});

test('every service of the image catalogue is in the port catalogue', () => {
  const services = images.flatMap((entry) => [entry.service, ...entry.ports.flatMap(({ service }) => service ?? [])]);
  expect(services.filter((service) => !index.service(service))).toEqual([]);
});

describe('portIndex', () => {
  it('finds services by what people call them and by their names', () => {
    expect(index.service('postgresql')?.service).toBe('PostgreSQL');
    expect(index.service('RabbitMQ')?.service).toBe('AMQP');
    expect(index.service('constructor')).toBeUndefined();
  });

  it('knows which names are inside TLS', () => {
    expect(index.name('redis')).toMatchObject({ entry: { service: 'Redis' }, secure: false });
    expect(index.name('REDISS')).toMatchObject({ entry: { service: 'Redis' }, secure: true });
    expect(index.name('__proto__')).toBeUndefined();
  });

  it('prefers the entry that a number is dedicated to, then the one listed first', () => {
    expect(index.number({ from: 9104, to: 9104 }, 'tcp')?.service).toBe('MySQL exporter');
    expect(index.number({ from: 8080, to: 8080 }, 'tcp')?.service).toBe('HTTP application');
  });

  it('says nothing of a number that is used for different things', () => {
    expect(index.number({ from: 5050, to: 5050 }, 'tcp')).toBeUndefined();
    expect(index.number({ from: 40000, to: 40000 }, 'tcp')?.service).toBe('Delve');
  });

  it('is built once for a catalogue', () => {
    expect(portIndex(catalogue.ports)).toBe(index);
  });
});

function duplicates(items: readonly string[]): readonly string[] {
  return items.filter((item, at) => items.indexOf(item) !== at);
}

function numbersOf(ranges: readonly { readonly from: number; readonly to: number }[]): readonly number[] {
  return ranges.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, offset) => from + offset));
}
