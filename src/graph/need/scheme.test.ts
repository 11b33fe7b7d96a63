import { describe, expect, it } from 'vitest';
import generated from '../../generated/catalogue.json' with { type: 'json' };
import type { Catalogue } from '../catalogue.ts';
import { portIndex } from '../listener/port-index.ts';
import { meaningOf } from './scheme.ts';

const index = portIndex((generated as unknown as Catalogue).ports);

describe('meaningOf', () => {
  it.each([
    ['http', 80, 'plaintext'],
    ['https', 443, 'tls'],
    ['ws', 80, 'plaintext'],
    ['wss', 443, 'tls'],
    ['grpc', null, 'plaintext'],
    ['postgres', 5432, 'unknown'],
    ['postgresql+asyncpg', 5432, 'unknown'],
    ['mysql', 3306, 'unknown'],
    ['sqlserver', 1433, 'unknown'],
    ['redis', 6379, 'plaintext'],
    ['rediss', 6379, 'tls'],
    ['amqp', 5672, 'plaintext'],
    ['amqps', 5671, 'tls'],
    ['mongodb', 27017, 'plaintext'],
    ['mongodb+srv', 27017, 'tls'],
    ['mqtts', 8883, 'tls'],
    ['ldaps', 636, 'tls'],
    ['nats', 4222, 'plaintext'],
    ['kafka', 9092, 'plaintext'],
    ['tcp', null, 'unknown'],
    ['constructor', null, 'unknown'],
  ])('knows %s', (scheme, port, transport) => {
    expect(meaningOf(scheme, index)).toMatchObject({ port, transport });
  });
});
