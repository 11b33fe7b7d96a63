import type { Origin } from '../../source/span.ts';
import { subject } from './table.ts';

/** One rule named by one suppressing comment, and what came of it. */
export interface SuppressionUse {
  /** The rule id that the comment names. */
  readonly rule: string;
  /** There is a rule of that id. */
  readonly known: boolean;
  readonly used: boolean;
  readonly expired: boolean;
  readonly reason: string;
  readonly until: string | null;
  readonly by: string | null;
  readonly origin: Origin;
}

export const suppression = subject<SuppressionUse>({
  about: 'One rule named by one comment that suppresses it, once it is known what the comment hid.',
  all: () => [],
  at: 'suppression.origin',
  edge: (use) => ({ names: [use.rule, use.reason] }),
  variables: {},
  fields: {
    rule: {
      type: 'string',
      about: 'The rule that the comment names.',
      example: 'suppression.rule == "node-port"',
      read: (use) => use.rule,
    },
    known: {
      type: 'bool',
      about: 'There is a rule of that name.',
      example: '!suppression.known',
      read: (use) => use.known,
    },
    used: {
      type: 'bool',
      about: 'It hid a finding, or would have, had it not expired.',
      example: '!suppression.used',
      read: (use) => use.used,
    },
    expired: {
      type: 'bool',
      about: 'Its date is past: it hides nothing any more.',
      example: 'suppression.expired',
      read: (use) => use.expired,
    },
    until: {
      type: 'string',
      about: 'The last day on which it hides something; empty where it has no end.',
      example: 'suppression.until == ""',
      read: (use) => use.until ?? '',
    },
    by: {
      type: 'string',
      about: 'Who stands for it; empty where nobody is named.',
      example: 'suppression.by == ""',
      read: (use) => use.by ?? '',
    },
    reason: {
      type: 'string',
      about: 'Why.',
      example: 'suppression.reason.size() < 10',
      read: (use) => use.reason,
    },
    origin: {
      type: 'Origin',
      about: 'The comment.',
      example: 'suppression.origin',
      read: (use) => use.origin,
    },
  },
  methods: {},
});
