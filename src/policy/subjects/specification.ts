/** What rules ask of a listener about the approved specification of its workload (`services` of `portolan.yaml`). */
import type { Listener, Role } from '../../graph/vocabulary.ts';
import { fewOf } from '../../source/few.ts';
import { matchesGlob } from '../../source/glob.ts';
import { unknown } from '../../source/value.ts';
import { approvedPort, approves } from '../service.ts';
import { type Facts, type Field, firstOf } from './table.ts';

/** From the weakest on. */
export const TRANSPORTS = ['plaintext', 'tls', 'mtls'] as const;

/** Roles that say nothing against being reached. */
const ORDINARY: ReadonlySet<Role> = new Set<Role>(['application', 'inter-service', 'health', 'unknown']);

/** Fields of a listener. */
export const SPECIFIED: Readonly<Record<string, Field<Listener>>> = {
  approved: {
    type: 'bool',
    about: 'The specification of its workload has the port, or says nothing of ports; true where there is none.',
    example: '!listener.approved',
    read: (listener, facts) => {
      const service = facts.serviceOf(listener.workload);
      return service === undefined || approves(service, listener);
    },
  },
  strayRole: {
    type: 'string',
    about:
      'What it surely plays, and its specification has another role for the port; empty where it has none, or where both serve an application.',
    example: 'listener.strayRole != ""',
    read: (listener, facts) => {
      const role = approvedFor(listener, facts)?.role ?? null;
      if (role === null || listener.roles.some((ranked) => ranked.role === role)) return '';
      return listener.roles.find((ranked) => ranked.confidence !== 'low' && !ORDINARY.has(ranked.role))?.role ?? '';
    },
  },
  weakerThanApproved: {
    type: 'bool',
    about:
      'It speaks less than its specification has for the port: plaintext instead of TLS, TLS without certificates of clients instead of mTLS.',
    example: 'listener.weakerThanApproved',
    read: (listener, facts) => {
      const approved = approvedFor(listener, facts)?.transport ?? 'plaintext';
      if (approved === 'plaintext') return false;
      if (listener.transport === 'unknown') return unsaid(listener, 'what it speaks');
      return TRANSPORTS.indexOf(listener.transport) < TRANSPORTS.indexOf(approved);
    },
  },
  approvedTransport: {
    type: 'string',
    about: 'What its specification has callers speak to it; empty where it says nothing.',
    example: 'listener.approvedTransport == "mtls"',
    values: [...TRANSPORTS, ''],
    read: (listener, facts) => approvedFor(listener, facts)?.transport ?? '',
  },
  strangers: {
    type: 'string',
    about:
      'The workloads that are known to reach it and that the specification does not name as callers, for a message: three of them and how many more. Empty where there are none, or where nothing says who may call.',
    example: 'listener.strangers != ""',
    read: (listener, facts) => strangersTo(listener, facts),
  },
};

/** Whether it serves an application, or nobody can tell. */
export function isOrdinary({ roles }: Listener): boolean {
  return !roles.some(({ role, confidence }) => confidence !== 'low' && !ORDINARY.has(role));
}

/** What its specification says of the port. */
function approvedFor(listener: Listener, facts: Facts) {
  const service = facts.serviceOf(listener.workload);
  return service && approvedPort(service, listener);
}

function strangersTo(listener: Listener, facts: Facts): string {
  const callers = facts.serviceOf(listener.workload)?.callers;
  if (!callers) return '';
  const reaching = facts.rowOf(listener)?.from.filter(({ verdict }) => verdict === 'reachable') ?? [];
  const names = new Set(reaching.flatMap(({ classes }) => facts.profileOf(classes).names));
  names.delete(listener.workload.name);
  return fewOf([...names].filter((name) => !callers.some((pattern) => matchesGlob(pattern, name))).sort());
}

/** Why nobody can tell something of a listener. */
export function unsaid(listener: Listener, what: string) {
  return unknown(`nothing says ${what}`, firstOf(listener.origins));
}
