/** AdminNetworkPolicies, BaselineAdminNetworkPolicies and ClusterNetworkPolicies as guards (R22–R31). */
import type { KubernetesObject } from '../../assemble/kubernetes/object.ts';
import type { Direction, GrantFact, GuardFact, GuardKind, Selector } from '../../graph/fragment.ts';
import { type Notice, notice } from '../../source/notice.ts';
import { at, entryOf, integerOf, textOf, type Unknown, type Value } from '../../source/value.ts';
import { failsClosed, namespacedPods, policyPeers } from './admin-policy-peer.ts';
import { matchedPorts } from './admin-policy-port.ts';
import { type Fault, isFaulty, isUnknown, listAt, present, refusal, tellStrangers } from './fault.ts';
import { firstLineOf, lineAt } from './field.ts';
import { type Findings, labelSelector } from './label-selector.ts';
import { STANDARD_TIER } from './network-policy.ts';

/** The tiers around that of NetworkPolicies (R23). */
export const ADMIN_TIER = STANDARD_TIER - 500_000;
export const BASELINE_TIER = STANDARD_TIER + 500_000;

type Verdict = GrantFact['verdict'];

/** What tells the kinds of policies for a whole cluster apart. */
interface Dialect {
  readonly kind: GuardKind;
  readonly verdicts: ReadonlyMap<string, Verdict>;
  /** The field of a rule that says which ports. */
  readonly ports: 'ports' | 'protocols';
  /** More rules, and more parts of a rule, than this are not taken (R31). */
  readonly most: number;
  readonly fields: readonly string[];
}

const PASS: readonly [string, Verdict][] = [
  ['Deny', 'deny'],
  ['Pass', 'pass'],
];
const RULES = ['subject', 'ingress', 'egress'];

const DIALECTS: Readonly<Record<string, Dialect>> = {
  AdminNetworkPolicy: {
    kind: 'admin-network-policy',
    verdicts: new Map([['Allow', 'allow'], ...PASS]),
    ports: 'ports',
    most: 100,
    fields: ['priority', ...RULES],
  },
  BaselineAdminNetworkPolicy: {
    kind: 'baseline-admin-network-policy',
    verdicts: new Map([
      ['Allow', 'allow'],
      ['Deny', 'deny'],
    ]),
    ports: 'ports',
    most: 100,
    fields: RULES,
  },
  ClusterNetworkPolicy: {
    kind: 'cluster-network-policy',
    verdicts: new Map([['Accept', 'allow'], ...PASS]),
    ports: 'protocols',
    most: 25,
    fields: ['tier', 'priority', ...RULES],
  },
};

/** A policy for the whole cluster as a guard; undefined, with a notice, for one that an API server refuses. */
export function adminPolicyFact(object: KubernetesObject, notices: Notice[]): GuardFact | undefined {
  const dialect = DIALECTS[object.kind];
  if (!dialect) return undefined;
  const findings: Findings = { faults: [], notices };
  const spec = at(object.root, 'spec');
  tellStrangers(spec, dialect.fields, `A ${object.kind}`, notices);
  const subject = subjectOf(object, findings);
  const position = positionOf(object, dialect, findings.faults);
  const grants = (['ingress', 'egress'] as const).flatMap((direction) =>
    grantsOf(object, dialect, direction, findings),
  );
  if (isFaulty(findings.faults)) {
    notices.push(refusal(object, findings.faults));
    return undefined;
  }
  if (!subject || isUnknown(subject) || isUnknown(position)) {
    const message = `Whom the ${object.kind} "${object.name}" guards, or when, is not in the code, and it is left out.`;
    notices.push(notice('not-evaluated', message, object.origin));
    return undefined;
  }
  return {
    id: idOf(object, dialect),
    kind: dialect.kind,
    name: object.name,
    namespace: null,
    subject,
    ...position,
    // Its rules are read as they stand: what none of them matches is left to whoever is asked next (R26).
    isolates: [],
    grants,
    origin: object.origin,
  };
}

function idOf({ name }: KubernetesObject, { kind }: Dialect): string {
  return `${kind}/${name}`;
}

/** When it is asked (R23, R24): its tier, and its place in there; there is one BaselineAdminNetworkPolicy, called default. */
function positionOf(
  object: KubernetesObject,
  { kind }: Dialect,
  faults: Fault[],
): Pick<GuardFact, 'tier' | 'priority'> | Unknown {
  const spec = at(object.root, 'spec');
  if (kind === 'baseline-admin-network-policy') {
    if (object.name !== 'default') {
      faults.push({ message: 'there is only one, and its name is default', origin: object.origin });
    }
    return { tier: BASELINE_TIER, priority: 0 };
  }
  const tier = kind === 'admin-network-policy' ? ADMIN_TIER : tierOf(spec, object, faults);
  if (typeof tier === 'object') return tier;
  const written = at(spec, 'priority');
  if (written?.kind === 'unknown') return { tier, priority: written };
  const priority = integerOf(written);
  if (priority === undefined || priority < 0 || priority > 1000) {
    const origin = lineAt(spec, 'priority', object.origin);
    faults.push({ message: 'its priority has to be a number from 0 to 1000', origin });
    return { tier, priority: 0 };
  }
  return { tier, priority };
}

function tierOf(spec: Value | undefined, object: KubernetesObject, faults: Fault[]): number | Unknown {
  const written = at(spec, 'tier');
  if (written?.kind === 'unknown') return written;
  const tier = textOf(written);
  if (tier === 'Admin') return ADMIN_TIER;
  if (tier === 'Baseline') return BASELINE_TIER;
  faults.push({ message: 'its tier has to be Admin or Baseline', origin: lineAt(spec, 'tier', object.origin) });
  return ADMIN_TIER;
}

/** Whom it guards (R27): all pods of some namespaces, or some pods of some namespaces. */
function subjectOf(object: KubernetesObject, findings: Findings): Selector | Unknown | undefined {
  const spec = at(object.root, 'spec');
  const entry = entryOf(spec, 'subject');
  const subject = entry?.value;
  const hidden = [spec, subject].find((part) => part?.kind === 'unknown');
  if (hidden?.kind === 'unknown') return hidden;
  const namespaces = present(subject, 'namespaces');
  const pods = present(subject, 'pods');
  const origin = entry?.keyOrigin ?? object.origin;
  if ((namespaces === undefined) === (pods === undefined)) {
    findings.faults.push({ message: 'its subject is either namespaces or pods', origin });
    return undefined;
  }
  if (pods) return namespacedPods(pods, origin, findings);
  const requirements = labelSelector(namespaces, findings);
  return isUnknown(requirements)
    ? requirements
    : { namespace: null, namespaces: requirements, requirements: [], origin };
}

function grantsOf(object: KubernetesObject, dialect: Dialect, direction: Direction, findings: Findings): GrantFact[] {
  const spec = at(object.root, 'spec');
  const rules = listAt(spec, direction, findings.faults);
  const id = `${idOf(object, dialect)}/${direction}`;
  if (isUnknown(rules)) return unknownGrants(id, direction, rules);
  const [, beyond] = [rules[dialect.most - 1], rules[dialect.most]];
  if (beyond) tellLimit(`rules of ${direction}`, dialect, beyond, findings.notices);
  return rules.flatMap((rule, index) => grantOf(rule, `${id}/${index}`, direction, dialect, findings));
}

function grantOf(
  rule: Value,
  id: string,
  direction: Direction,
  dialect: Dialect,
  findings: Findings,
): readonly GrantFact[] {
  const { faults, notices } = findings;
  const field = direction === 'ingress' ? 'from' : 'to';
  const origin = firstLineOf(rule);
  const action = at(rule, 'action');
  const peers = listAt(rule, field, faults);
  const ports = listAt(rule, dialect.ports, faults);
  if (rule.kind === 'unknown') return unknownGrants(id, direction, rule);
  if (action?.kind === 'unknown') return unknownGrants(id, direction, action);
  tellStrangers(rule, ['name', 'action', field, dialect.ports], `A rule of ${direction}`, notices);
  const verdict = dialect.verdicts.get(textOf(action) ?? '');
  if (!verdict) {
    const message = `the action of a rule is ${[...dialect.verdicts.keys()].join(' or ')}`;
    faults.push({ message, origin: lineAt(rule, 'action', origin) });
    return [];
  }
  const name = textOf(at(rule, 'name'));
  const grant = { id, direction, verdict, origin, ...(name ? { name } : {}) };
  const hidden = [peers, ports].find(isUnknown);
  if (isUnknown(peers) || isUnknown(ports)) return hidden ? [doubtful(grant, hidden)] : [];
  if (peers.length === 0) faults.push({ message: `a rule needs a peer in ${field}`, origin });
  if (present(rule, dialect.ports) && ports.length === 0) {
    faults.push({ message: `an empty list of ${dialect.ports} is not taken: leave it out`, origin });
  }
  for (const [list, what] of [
    [peers, 'peers'],
    [ports, dialect.ports],
  ] as const) {
    const beyond = list[dialect.most];
    if (beyond) tellLimit(what, dialect, beyond, notices);
  }
  const whom = policyPeers(peers, direction, findings);
  const which = matchedPorts(ports, dialect.ports, findings);
  if (whom.addresses && which.named) {
    faults.push({ message: 'ports have names only on pods: ask for it by number', origin: which.named });
  }
  const strange = whom.strange ?? which.strange;
  if (strange) return closed(grant, strange, notices);
  const unseen = which.hidden;
  return [unseen ? doubtful(grant, unseen) : { ...grant, peers: whom.peers, ports: which.ports }];
}

/** A rule with a part that is not known fails closed (R30): it admits nothing, or denies everything. */
function closed(grant: Omit<GrantFact, 'peers' | 'ports'>, strange: Value, notices: Notice[]): readonly GrantFact[] {
  notices.push(failsClosed(grant.verdict, firstLineOf(strange)));
  return grant.verdict === 'allow' ? [] : [{ ...grant, verdict: 'deny', peers: [], ports: [] }];
}

/** A rule of which the code does not show whom or what it means. */
function doubtful(grant: Omit<GrantFact, 'peers' | 'ports'>, { because, origin }: Unknown): GrantFact {
  return { ...grant, peers: [{ kind: 'unknown', because, origin }], ports: [] };
}

/** Rules that the code does not show: they may deny, and admit, anything. */
function unknownGrants(id: string, direction: Direction, hidden: Unknown): GrantFact[] {
  return (['deny', 'allow'] as const).map((verdict) =>
    doubtful({ id: `${id}/${verdict}`, direction, verdict, origin: hidden.origin }, hidden),
  );
}

function tellLimit(what: string, { most }: Dialect, beyond: Value, notices: Notice[]): void {
  const message = `More than ${most} ${what} are not taken by the API: split the policy. They are read all the same.`;
  notices.push(notice('invalid-value', message, firstLineOf(beyond)));
}
