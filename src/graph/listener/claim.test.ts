import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { container, image, port, somewhere } from '../fragment.fixture.ts';
import type { CheckFact } from '../fragment.ts';
import type { ProcessListener, RunningContainer } from '../running.ts';
import { type Claim, cutAtEnds, ownClaims } from './claim.ts';

function running(facts: Partial<RunningContainer> = {}): RunningContainer {
  const fact = container('app');
  return {
    fact,
    build: null,
    image: null,
    command: null,
    environment: new Map(),
    payloads: [],
    ports: [],
    exposed: [],
    checks: [],
    ...facts,
  };
}

const habit = (from: number): ProcessListener => ({
  ports: { from, to: from },
  protocol: 'tcp',
  bind: null,
  evidence: 'conventional',
  origin: somewhere(),
});

const command = (...words: string[]): CheckFact => ({
  kind: 'command',
  command: { words: words.map((text) => ({ text, origin: somewhere() })), shell: false, origin: somewhere() },
  origin: somewhere(),
});

const said = (claims: readonly Claim[]) => claims.map(({ ports, evidence }) => `${ports.from} ${evidence}`);

describe('what a container says of itself', () => {
  test('its declarations and those of its image', () => {
    const claims = ownClaims(running({ ports: [port(80)], exposed: [port(8080)] }), []);
    expect(said(claims)).toEqual(['80 declared', '8080 declared']);
  });

  test.each<[string, CheckFact, string[]]>([
    ['a port by number', { kind: 'tcp', port: 9000, origin: somewhere() }, ['9000 coded']],
    [
      'a port by the name that the container gives it',
      { kind: 'http', port: 'web', origin: somewhere() },
      ['80 coded'],
    ],
    ['a name that no port has', { kind: 'http', port: 'admin', origin: somewhere() }, []],
    ['a command that asks localhost', command('curl', '-f', 'http://localhost:8080/health'), ['8080 coded']],
    ['the port of a scheme', command('wget -q http://127.0.0.1/ || exit 1'), ['80 coded']],
    ['an address in brackets', command('nc', '[::1]:6379'), ['6379 coded']],
    ['a command that asks somebody else', command('curl', 'http://db.localhost.example:8080/'), []],
    ['a command that asks a name that only begins so', command('curl', 'http://localhost.example/'), []],
    ['a command without a port', command('pg_isready', '-h', 'localhost'), []],
  ])('a check proves what it asks: %s', (_, check, expected) => {
    const claims = ownClaims(running({ ports: [port(80, { name: 'web' })], checks: [check] }), []);
    expect(said(claims).slice(1)).toEqual(expected);
  });

  test('the habit of an image counts beside what an image of others declares', () => {
    expect(said(ownClaims(running({ ports: [port(8080)] }), [habit(80)]))).toEqual([
      '8080 declared',
      '80 conventional',
    ]);
  });

  test('a build that opens other ports than the image below it is known for has configured them away', () => {
    const build = image('docker:web/Dockerfile');
    expect(said(ownClaims(running({ build, exposed: [port(8080)] }), [habit(80)]))).toEqual(['8080 declared']);
    expect(said(ownClaims(running({ build, exposed: [port(80)] }), [habit(80), habit(443)]))).toHaveLength(3);
    expect(said(ownClaims(running({ build }), [habit(80)]))).toEqual(['80 conventional']);
  });
});

describe('cutting ranges at their ends', () => {
  const claim = (from: number, to: number): Claim => ({
    ports: { from, to },
    protocol: 'tcp',
    evidence: 'declared',
    rank: 0,
    origin: somewhere(),
  });

  test('every port is in one piece, with exactly the claims on it', () => {
    const bounds = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 12 }));
    fc.assert(
      fc.property(fc.array(bounds, { maxLength: 12 }), (list) => {
        const claims = list.map(([from, length]) => claim(from, from + length));
        const pieces = cutAtEnds(claims);
        for (let each = 0; each <= 55; each++) {
          const on = claims.filter(({ ports }) => ports.from <= each && each <= ports.to);
          const holders = pieces.filter(({ ports }) => ports.from <= each && each <= ports.to);
          expect(holders).toHaveLength(on.length > 0 ? 1 : 0);
          if (holders[0]) expect(new Set(holders[0].claims)).toEqual(new Set(on));
        }
      }),
    );
  });

  test('a range that nothing cuts stays a range', () => {
    expect(cutAtEnds([claim(3000, 65_000)]).map(({ ports }) => ports)).toEqual([{ from: 3000, to: 65_000 }]);
  });
});
