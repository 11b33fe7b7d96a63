/**
 * Rules × subjects → findings. What holds for every rule is decided here once: what is merely possible is undecided,
 * what nobody wrote is passed over, what rests on a guess is less sure, and one thing is told once.
 */
import { type ExposureGraph, emptyEnvironment } from '../graph/exposure-graph.ts';
import { type Notice, notice } from '../source/notice.ts';
import { byText } from '../source/order.ts';
import { changeOf } from './change.ts';
import { type CheckedRule, SCOPED } from './checked-rule.ts';
import { type Draft, distinct } from './distinct.ts';
import type { Variables } from './expression.ts';
import { factsOf } from './facts.ts';
import type { Coverage, Finding } from './finding.ts';
import { render } from './message.ts';
import { Place } from './opaque.ts';
import { relatedOf } from './related.ts';
import type { Service } from './service.ts';
import { atMost, leastSure, lower, severityFor } from './severity.ts';
import { type Edge, SUBJECTS, type SubjectName } from './subjects/table.ts';
import { SUBJECT_TABLE } from './subjects.ts';
import { UnknownError } from './unknown-error.ts';
import { bind, type Session, session, type View } from './view.ts';
import { addressesOf, targetOf } from './waiver.ts';

/** What rules say of a graph, before anything is suppressed. */
export interface Evaluation {
  /** Sorted by severity, file, offset and rule. */
  readonly findings: readonly Finding[];
  readonly notices: readonly Notice[];
  readonly coverage: Pick<Coverage, 'grants' | 'decided' | 'undecidedBecause'>;
}

/** What evaluating keeps account of. */
interface Account {
  readonly defects: Map<string, Notice>;
  /** Exposures and grants that a rule asked about, and why some of them have no answer. */
  readonly asked: Set<unknown>;
  readonly open: Map<unknown, Set<string>>;
}

/** The findings of all rules over the whole graph. A defect of a rule is a `rule-defect` notice, whatever came out. */
export function evaluate(
  rules: readonly CheckedRule[],
  graph: ExposureGraph,
  services: readonly Service[] = [],
  nonSensitive: ReadonlySet<number> = new Set(),
): Evaluation {
  const account: Account = { defects: new Map(), asked: new Set(), open: new Map() };
  const asking = SUBJECTS.map((name) => [name, rules.filter(({ declaration }) => declaration.on === name)] as const);
  const drafts = graph.environments.flatMap((environment) => {
    const current = session(factsOf(environment, services, nonSensitive));
    return asking.flatMap(([name, own]) => {
      if (own.length === 0) return [];
      const subjects = SUBJECT_TABLE[name].all(current.facts);
      return draft(own, name, subjects, current, account).map((one) => ({ ...one, environments: [environment.id] }));
    });
  });
  const reasons = [...account.open.values()].flatMap((because) => [...because]);
  return {
    findings: distinct(drafts),
    notices: [...account.defects.values()],
    coverage: {
      grants: account.asked.size,
      decided: account.asked.size - account.open.size,
      undecidedBecause: counted(reasons),
    },
  };
}

/** The findings of rules over subjects that belong to no environment. */
export function evaluateLoose(
  rules: readonly CheckedRule[],
  name: SubjectName,
  subjects: readonly unknown[],
): Evaluation {
  const account: Account = { defects: new Map(), asked: new Set(), open: new Map() };
  const asking = rules.filter(({ declaration }) => declaration.on === name);
  const drafts =
    subjects.length === 0 ? [] : draft(asking, name, subjects, session(factsOf(emptyEnvironment(''))), account);
  return {
    findings: distinct(drafts.map((one) => ({ ...one, environments: [] }))),
    notices: [...account.defects.values()],
    coverage: { grants: 0, decided: 0, undecidedBecause: {} },
  };
}

/** @param asking the rules on subjects called `name` */
function draft(
  asking: readonly CheckedRule[],
  name: SubjectName,
  subjects: Iterable<unknown>,
  current: Session,
  account: Account,
): Omit<Draft, 'environments'>[] {
  const drafts: Omit<Draft, 'environments'>[] = [];
  for (const subject of subjects) {
    const variables = bind(name, subject, current);
    const edge = SUBJECT_TABLE[name].edge(subject, current.facts);
    if (name === 'exposure' || name === 'grant') account.asked.add(subject);
    for (const rule of asking) {
      if (edge.exposure?.implicit && !rule.reads.has('Exposure.implicit')) continue;
      if (edge.exposure?.private && !rule.reads.has('Exposure.private')) continue;
      if (edge.exposure?.trusted && !rule.reads.has('Exposure.trusted')) continue;
      const value = rule.when(variables, current);
      const because = value instanceof UnknownError ? [value.because] : value === true ? (edge.because ?? []) : null;
      if (because !== null) {
        const undecided = value instanceof UnknownError || edge.because !== undefined;
        if (undecided && account.asked.has(subject)) note(account.open, subject, because);
        drafts.push({ finding: findingOf(rule, variables, edge, undecided, because, current), edge });
      }
      if (current.defect !== undefined) {
        const { id, origin } = rule.declaration;
        const what = current.defect instanceof Error ? current.defect.message : String(current.defect);
        account.defects.set(id, notice('rule-defect', `The rule ${id} could not be evaluated: ${what}.`, origin));
        current.defect = undefined;
      }
    }
  }
  return drafts;
}

function findingOf(
  { declaration, reads, at, message }: CheckedRule,
  variables: Variables,
  edge: Edge,
  undecided: boolean,
  because: readonly string[],
  current: Session,
): Draft['finding'] {
  const { id, title, on } = declaration;
  const scope = SCOPED[on] === undefined ? '' : String(variables[on]?.[SCOPED[on] as keyof View] ?? '');
  const { severity, band } = severityFor(declaration.severity, scope);
  const guessed = edge.listener && asksForRole(reads) ? (edge.listener.roles[0]?.confidence ?? 'low') : 'high';
  const unused = (edge.exposure?.attachment ?? 'attached') !== 'attached';
  const held = guessed === 'low' ? atMost(severity, 'medium') : severity;
  const place = at(variables, current);
  const location = place instanceof Place ? place.origin : declaration.origin;
  return {
    ruleId: id,
    title,
    severity: unused ? lower(held) : held,
    band,
    confidence: leastSure(declaration.confidence, guessed, unused ? 'low' : 'high'),
    verdict: undecided ? 'undecided' : 'violation',
    message: render(message(), variables, current) + (unused ? ' Nothing here uses it.' : ''),
    workload: edge.workload?.name ?? null,
    listener: edge.listener?.id ?? null,
    port: edge.listener?.ports.from ?? null,
    technology: edge.technology ?? null,
    location,
    related: relatedOf(edge, location),
    target: edge.listener ? targetOf(edge.listener) : null,
    scope: edge.exposure?.scope ?? null,
    sources: edge.exposure ? addressesOf(edge.exposure) : null,
    path: edge.exposure?.path ?? [],
    because,
    change: changeOf(declaration.change, edge),
  };
}

/** A number alone never makes an error: what rests on a role that is only guessed is at most a warning. */
function asksForRole(fields: ReadonlySet<string>): boolean {
  return ['role', 'hasRole', 'plays', 'sensitive', 'service'].some((name) => fields.has(`Listener.${name}`));
}

function note(open: Map<unknown, Set<string>>, subject: unknown, because: readonly string[]): void {
  const reasons = open.get(subject) ?? new Set();
  for (const reason of because) reasons.add(reason);
  open.set(subject, reasons);
}

function counted(reasons: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(byText(([key]) => key)));
}
