import { WAIVER_STATES, type WaiverUse } from '../waiver.ts';
import { subject } from './table.ts';

export const waiver = subject<WaiverUse>({
  about: 'One waiver of `portolan.yaml`, once it is known what it covers.',
  all: () => [],
  at: 'waiver.origin',
  edge: ({ waiver }) => ({ names: [waiver.rule, waiver.listener, waiver.reason] }),
  variables: {},
  fields: {
    rule: {
      type: 'string',
      about: 'The rule that it waives.',
      example: 'waiver.rule == "remote-admin-exposed"',
      read: ({ waiver }) => waiver.rule,
    },
    known: {
      type: 'bool',
      about: 'There is a rule of that name.',
      example: '!waiver.known',
      read: ({ known }) => known,
    },
    listener: {
      type: 'string',
      about: 'The listeners that it speaks of, as a glob; empty where it speaks of all.',
      example: 'waiver.listener == ""',
      read: ({ waiver }) => waiver.listener ?? '',
    },
    state: {
      type: 'string',
      about: 'How it stands at the time of the run. Only a valid one hides anything.',
      values: WAIVER_STATES,
      example: 'waiver.state == "expired"',
      read: ({ state }) => state,
    },
    used: {
      type: 'bool',
      about: 'There is a finding that it covers, or would, were it valid.',
      example: '!waiver.used',
      read: ({ covers }) => covers.length > 0,
    },
    reason: {
      type: 'string',
      about: 'Why.',
      example: 'waiver.reason.size() < 10',
      read: ({ waiver }) => waiver.reason,
    },
    approvedBy: {
      type: 'string',
      about: 'Who approved it.',
      example: '!waiver.approvedBy.endsWith("@example.com")',
      read: ({ waiver }) => waiver.approvedBy,
    },
    expires: {
      type: 'string',
      about: 'When it ends, as RFC 3339 has it.',
      example: 'waiver.expires.startsWith("2026-")',
      read: ({ waiver }) => new Date(waiver.expires).toISOString(),
    },
    origin: {
      type: 'Origin',
      about: 'Its entry.',
      example: 'waiver.origin',
      read: ({ waiver }) => waiver.origin,
    },
  },
  methods: {},
});
