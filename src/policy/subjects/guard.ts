import { halfOpen } from '../../graph/reach/families.ts';
import type { Guard } from '../../graph/vocabulary.ts';
import { meansEverything } from '../guard-facts.ts';
import { type Edge, type Facts, firstOf, subject } from './table.ts';
import { traitMethods } from './traits.ts';

export const guard = subject<Guard>({
  about: 'What admits or denies: a network policy, a security group, a firewall.',
  all: (facts) => facts.environment.guards,
  at: 'guard.origin',
  edge: (guard) => ({ names: guardNames(guard), instance: guardInstance(guard), technology: guard.technology }),
  variables: {},
  fields: {
    kind: {
      type: 'string',
      about: 'What it is: `network-policy` and more.',
      example: 'guard.kind == "network-policy"',
      read: (guard) => guard.kind,
    },
    name: {
      type: 'string',
      about: 'Its name.',
      example: 'guard.name == "default-deny"',
      read: (guard) => guard.name,
    },
    namespace: {
      type: 'string',
      about: 'Its namespace; empty where it has none.',
      example: 'guard.namespace == "shop"',
      read: (guard) => guard.namespace ?? '',
    },
    attachment: {
      type: 'string',
      about: 'Whether anything uses it.',
      values: ['attached', 'unattached', 'unknown'],
      example: 'guard.attachment == "unattached"',
      read: (guard) => guard.attachment,
    },
    byName: {
      type: 'bool',
      about: 'Whom it guards says so by its name; it does not pick them itself.',
      example: '!guard.byName',
      read: (guard) => guard.byName,
    },
    selectsAll: {
      type: 'bool',
      about: 'It guards everything in its namespace.',
      example: 'guard.selectsAll',
      read: (guard) => guard.subject.requirements.length === 0,
    },
    grants: {
      type: 'list<Grant>',
      about: 'Its rules.',
      example: 'guard.grants.size() == 0',
      read: (guard) => guard.grants.map((fact) => ({ guard, fact })),
    },
    admitsEverything: {
      type: 'bool',
      about: 'One of its rules admits everybody to every port.',
      example: 'guard.admitsEverything',
      read: (guard) => guard.grants.some((grant) => grant.verdict === 'allow' && meansEverything(grant)),
    },
    openFamily: {
      type: 'string',
      about:
        'The family of addresses that it lets in as a whole, while it limits the other on the same ports; else empty.',
      values: ['', 'IPv4', 'IPv6'],
      example: 'guard.openFamily == "IPv6"',
      read: (guard) => halfOpen(guard)?.family ?? '',
    },
    limitedFamily: {
      type: 'string',
      about: 'The other family, that of `openFamily` apart; else empty.',
      values: ['', 'IPv4', 'IPv6'],
      example: 'guard.limitedFamily == "IPv4"',
      read: (guard) => halfOpen(guard)?.other ?? '',
    },
    openFamilyOrigin: {
      type: 'Origin',
      about: 'The line that lets that family in; the line that names the guard where none does.',
      example: 'guard.openFamilyOrigin',
      read: (guard) => halfOpen(guard)?.grant.origin ?? firstOf(guard.origins),
    },
    workloads: {
      type: 'list<Workload>',
      about: 'The workloads that it guards.',
      example: 'guard.workloads.exists(w, w.hasRole("data-store"))',
      read: (guard, facts) => facts.guards.subjectsOf(guard),
    },
    unenforced: {
      type: 'string',
      about: 'Why nothing does what it says, for a message; empty where nothing speaks against it.',
      example: 'guard.unenforced != ""',
      read: (guard, facts) => unenforced(guard, facts),
    },
    subjectOrigin: {
      type: 'Origin',
      about: 'The line that says whom it guards.',
      example: 'guard.subjectOrigin',
      read: (guard) => guard.subject.origin,
    },
    origin: {
      type: 'Origin',
      about: 'The line that names it.',
      example: 'guard.origin',
      read: (guard) => firstOf(guard.origins),
    },
  },
  methods: {
    ...traitMethods<Guard>('guard', ({ traits, origins }) => ({ traits, origin: firstOf(origins) }), 'default-guard'),
    isolates: {
      takes: [{ name: 'direction', type: 'string', values: ['ingress', 'egress'] }],
      type: 'bool',
      about: 'What it guards gets, in this direction, only what is granted.',
      example: 'guard.isolates("egress")',
      call: (guard, [direction]) => guard.isolates.some((one) => one === direction),
    },
  },
});

/** Whether the network does what guards say is not in the code: only what speaks against it counts (R15, R21). */
function unenforced(guard: Guard, facts: Facts): string {
  if (facts.environment.assume.guardsEnforced === false) return 'the network does not enforce what guards say';
  const held = facts.guards.subjectsOf(guard);
  if (held.length === 0 || held.some(({ hostNetwork }) => hostNetwork === null)) return '';
  return 'all that it guards has the network of its host, where guards do not hold';
}

/** A guard as one of those that its code makes. */
export function guardInstance(guard: Guard): NonNullable<Edge['instance']> {
  return { name: guard.name, origin: firstOf(guard.origins) };
}

/** A guard by names. */
export function guardNames({ namespace, kind, name }: Guard): Edge['names'] {
  return [namespace, kind, name];
}
