import { describe, expect, it } from 'vitest';
import generated from '../../generated/catalogue.json' with { type: 'json' };
import type { Catalogue } from '../catalogue.ts';
import { portIndex } from '../listener/port-index.ts';
import { hostPrefix, meansSomethingElse, portPrefix, serviceIn, suggestsAddress, wordsOf } from './setting-name.ts';

const index = portIndex((generated as unknown as Catalogue).ports);

describe('names of settings', () => {
  it.each([
    ['REDIS_HOST', 'strong'],
    ['redisHost', 'strong'],
    ['--db.address', 'strong'],
    ['KAFKA_BOOTSTRAP_SERVERS', 'strong'],
    ['PGHOST', 'strong'],
    ['UPSTREAM', 'weak'],
    ['MESSAGE_BROKER', 'weak'],
    ['DB_NAME', null],
    ['PERSISTENCE_PROVIDER', null],
    ['OTEL_SERVICE_NAME', null],
    ['', null],
  ])('%s suggests an address: %s', (name, suggestion) => {
    expect(suggestsAddress(wordsOf(name))).toBe(suggestion);
  });

  it.each([
    ['ALLOWED_HOSTS', true],
    ['CORS_ORIGIN', true],
    ['NO_PROXY', true],
    ['KAFKA_ADVERTISED_LISTENERS', true],
    ['VIRTUAL_HOST', true],
    ['HOSTNAME', true],
    ['CACHE_IMAGE', true],
    ['OTEL_SERVICE_NAME', true],
    ['IMAGE_SERVICE_URL', false],
    ['HTTP_PROXY', false],
    ['DB_HOSTNAME', false],
    ['HOST', false],
  ])('%s means something else: %s', (name, other) => {
    expect(meansSomethingElse(wordsOf(name))).toBe(other);
  });

  it.each([
    ['REDIS_HOST', 'REDIS_PORT'],
    ['PGHOST', 'PGPORT'],
    ['DATABASE_HOST', 'DATABASE_PORT_NUMBER'],
    ['CART_SERVICE_HOST', 'CART_SERVICE_PORT'],
    ['host', 'port'],
    ['spring.redis.host', 'spring.redis.port'],
    ['cacheEndpoint', 'cachePort'],
  ])('%s goes with %s', (host, port) => {
    expect(hostPrefix(wordsOf(host))).not.toBeNull();
    expect(hostPrefix(wordsOf(host))).toBe(portPrefix(wordsOf(port)));
  });

  it('keeps different prefixes apart, and names that say neither out', () => {
    expect(hostPrefix(wordsOf('REDIS_HOST'))).not.toBe(portPrefix(wordsOf('DB_PORT')));
    expect(hostPrefix(wordsOf('REDIS'))).toBeNull();
    expect(portPrefix(wordsOf('REPORT'))).toBe('re');
    expect(portPrefix(wordsOf('REPORTS'))).toBeNull();
  });

  it.each([
    ['REDIS_HOST', 'Redis'],
    ['SPRING_DATASOURCE_POSTGRES_URL', 'PostgreSQL'],
    ['API_HOST', null],
    ['WEB_SERVER', null],
  ])('%s speaks of %s', (name, service) => {
    expect(serviceIn(wordsOf(name), index)).toBe(service);
  });
});
