/** What a program that the catalogue knows listens on, as it is started here. */
import type { AuthenticationHabit, ImageEntry, ImagePort } from '../catalogue.ts';
import type { PortRange } from '../fragment.ts';
import { isLoopback } from '../listener/bind.ts';
import type { ProcessListener } from '../running.ts';
import { type Address, isOwnAddress, parseAddress } from './address.ts';
import { matchesTag } from './images.ts';
import type { Invocation } from './invocation.ts';
import { anySign, type Sighting, sightings } from './signs.ts';

/** How an entry of the catalogue comes to be running. */
export interface Running {
  readonly entry: ImageEntry;
  readonly invocation: Invocation;
  /** The tag of the image that it is; null where only the command line names the program. */
  readonly tag: string | null;
  /** Ports of TCP that the code declares for the container. */
  readonly declared: readonly PortRange[];
}

/**
 * The listeners of a known program: the ports of its habit, each moved, bound, opened or left out as the signs in its
 * words and variables say. A port that a variable of unknown value moves is left out.
 */
export function habitualListeners(running: Running): readonly ProcessListener[] {
  const { entry } = running;
  const ports = entry.ports.filter((port) => isOpen(port, running));
  const listeners = ports.flatMap((port) => listenersOfPort(port, running));
  const configuredAway =
    entry.configured === true &&
    running.declared.length > 0 &&
    !listeners.some(({ ports }) => running.declared.some((range) => overlap(range, ports)));
  return configuredAway ? listeners.filter(({ evidence }) => evidence === 'coded') : listeners;
}

function isOpen(port: ImagePort, { invocation, tag }: Running): boolean {
  if (port.tag !== undefined && (tag === null || !matchesTag(port.tag, tag))) return false;
  if (port.when !== undefined && anySign(port.when, invocation) !== true) return false;
  return port.unless === undefined || anySign(port.unless, invocation) === false;
}

/** Where a port has gone, or that nothing moves it. */
type Move = 'stays' | 'unknown' | readonly { readonly address: Address; readonly sighting: Sighting }[];

function listenersOfPort(port: ImagePort, running: Running): readonly ProcessListener[] {
  const { entry, invocation, tag } = running;
  const move = moveOf(port, invocation);
  if (move === 'unknown') return [];
  const bound = bindOf(entry, invocation);
  const said = {
    protocol: port.protocol,
    program: entry.service,
    imagePort: port,
    ...(port.role === 'debug' ? { flag: port.role } : {}),
    ...authenticationOf(port.authentication ?? entry.authentication, invocation),
  };
  if (move === 'stays') {
    if (port.onDemand) return [];
    const sure = tag === null && !entry.configured;
    return [
      {
        ...said,
        ports: port.ports,
        bind: bound,
        evidence: sure ? 'coded' : 'conventional',
        ...(port.tls ? { transport: 'tls' as const } : {}),
        origin: invocation.origin,
      },
    ];
  }
  return move.flatMap(({ address, sighting }) => {
    if (address.port === null) return [];
    const tls = port.tls === true || /^(?:https|tls|ssl|wss)$/.test(address.scheme ?? '');
    return {
      ...said,
      ports: { from: address.port, to: address.port },
      bind: address.host === null ? bound : ownAddress(address.host),
      evidence: 'coded' as const,
      ...(tls ? { transport: 'tls' as const } : {}),
      origin: sighting.origin,
    };
  });
}

/** The first sign that names another port decides; one that only says where to bind leaves the port where it is. */
function moveOf(port: ImagePort, invocation: Invocation): Move {
  for (const sign of port.movedBy ?? []) {
    const seen = sightings(sign, invocation);
    const moved = seen.flatMap((sighting) => movesIn(sighting, sign.startsWith('@')));
    if (moved.length > 0) return moved;
    if (seen.some(({ value }) => value === null)) return 'unknown';
  }
  return 'stays';
}

/** The addresses of a value that name a port, or that none be opened (`0`); `foreign` where others call them. */
function movesIn(
  sighting: Sighting,
  foreign: boolean,
): readonly { readonly address: Address; readonly sighting: Sighting }[] {
  return (sighting.value ?? '').split(/[,;\s]+/, 20).flatMap((text) => {
    const address = parseAddress(text);
    if (address === null || (address.port === null && !/(?:^|:)0+$/.test(text))) return [];
    return [{ address: foreign ? { ...address, host: null } : address, sighting }];
  });
}

function bindOf(entry: ImageEntry, invocation: Invocation): string | null {
  for (const sign of entry.boundBy ?? []) {
    for (const { value } of sightings(sign, invocation)) {
      if (value === '' && sign.startsWith('-')) return '0.0.0.0';
      const hosts = value?.split(/[,;\s]+/, 20).flatMap((text) => parseAddress(text)?.host ?? []) ?? [];
      const widest = hosts.find((host) => !isLoopback(host)) ?? hosts[0];
      if (widest !== undefined) return ownAddress(widest);
    }
  }
  return entry.bind ?? null;
}

/** A name is one of the machine's own addresses, and which one the code does not show. */
function ownAddress(host: string): string | null {
  return isOwnAddress(host) ? host : null;
}

/** Signs that turn it on are stronger than those that turn it off: a password is asked for if one is set. */
function authenticationOf(
  habit: AuthenticationHabit | undefined,
  invocation: Invocation,
): Pick<ProcessListener, 'authentication' | 'authenticationOrigin'> {
  if (habit === undefined) return {};
  const on = anySign(habit.on ?? [], invocation);
  if (on === 'unknown') return {};
  if (on) return { authentication: 'basic' };
  const [off] = (habit.off ?? []).flatMap((sign) => sightings(sign, invocation));
  if (off) return { authentication: 'none', authenticationOrigin: off.origin };
  if (anySign(habit.off ?? [], invocation) === 'unknown' || anySign(habit.elsewhere ?? [], invocation) !== false)
    return {};
  return { authentication: habit.default === 'none' ? 'none' : 'basic', authenticationOrigin: invocation.origin };
}

function overlap(a: PortRange, b: PortRange): boolean {
  return a.from <= b.to && b.from <= a.to;
}
