/**
 * The graph as CEL sees it: one class a subject, with a getter a field and a method a method that ask the subject's table. Views and their
 * answers are made once for a session, so that a rule that asks again costs nothing.
 */
import type { PortRange } from '../graph/fragment.ts';
import type { AddressSet } from '../graph/sets/address-set.ts';
import type { Exposure } from '../graph/vocabulary.ts';
import type { Origin } from '../source/span.ts';
import type { Unknown } from '../source/value.ts';
import { Addresses, Path, Place, Ports } from './opaque.ts';
import type { Answer, Facts, Field, Method } from './subjects/table.ts';
import { SUBJECTS, type SubjectName, type TypeName } from './subjects/table.ts';
import { SUBJECT_TABLE, typeOf } from './subjects.ts';
import { UnknownError } from './unknown-error.ts';

/** One evaluation of rules over one environment. */
export interface Session {
  readonly facts: Facts;
  readonly views: WeakMap<object, Map<SubjectName, View>>;
  /** What went wrong inside a field or a function: never the fault of what is scanned. */
  defect: unknown;
}

/** Begins an evaluation of `facts`; what rules look at is wrapped once in each. */
export function session(facts: Facts): Session {
  return { facts, views: new WeakMap(), defect: undefined };
}

/** A subject as a value of CEL. */
export class View {
  readonly subject: unknown;
  readonly session: Session;
  /** Values and what is thrown for them, by field. */
  readonly answers = new Map<string, unknown>();

  constructor(subject: unknown, session: Session) {
    this.subject = subject;
    this.session = session;
  }
}

/** What CEL gets when it reads a field; throws what it throws. */
function readField(view: View, name: string, field: Field<unknown>): unknown {
  let answer = view.answers.get(name);
  if (answer === undefined) {
    answer = ask(view, field.type, (subject, facts) => field.read(subject, facts));
    view.answers.set(name, answer);
  }
  if (answer instanceof UnknownError) throw answer;
  return answer;
}

/** What CEL gets when it calls a method; throws what it throws. */
function callMethod(view: View, method: Method<unknown>, taken: readonly unknown[]): unknown {
  const answer = ask(view, method.type, (subject, facts) => method.call(subject, taken as readonly string[], facts));
  if (answer instanceof UnknownError) throw answer;
  return answer;
}

/** The answer as a value of CEL, or what to throw for it. What is not an unknown is noted as a defect. */
function ask(view: View, type: TypeName, read: (subject: unknown, facts: Facts) => Answer): unknown {
  if (isUnknown(view.subject)) return new UnknownError(view.subject);
  try {
    const answer = read(view.subject, view.session.facts);
    return isUnknown(answer) ? new UnknownError(answer) : celValue(type, answer, view.session);
  } catch (error) {
    view.session.defect ??= error;
    throw error;
  }
}

function celValue(type: TypeName, answer: Answer, session: Session): unknown {
  switch (type) {
    case 'string':
    case 'bool':
    case 'double':
      return answer;
    case 'int':
      return BigInt(answer as number);
    case 'PortSet':
      return new Ports(answer as readonly PortRange[]);
    case 'AddressSet':
      return new Addresses(answer as AddressSet);
    case 'Path':
      return new Path(answer as Exposure, session.facts);
    case 'Origin':
      return new Place(answer as Origin);
    default: {
      const item = itemOf(type);
      if (item === null) return view(subjectOf(type), answer, session);
      if (item === 'string') return answer;
      return (answer as readonly unknown[]).map((one) => view(subjectOf(item), one, session));
    }
  }
}

/** The item type of a list type; null for other types. */
export function itemOf(type: TypeName): TypeName | null {
  return type.startsWith('list<') ? (type.slice('list<'.length, -1) as TypeName) : null;
}

/** The view of a subject, the same for the same subject. */
export function view(name: SubjectName, subject: unknown, session: Session): View {
  if (typeof subject !== 'object' || subject === null) return new VIEWS[name](subject, session);
  const known = session.views.get(subject)?.get(name);
  if (known) return known;
  const made = new VIEWS[name](subject, session);
  const views = session.views.get(subject) ?? new Map();
  session.views.set(subject, views.set(name, made));
  return made;
}

/** The variables of a rule on `name`, bound to one subject. */
export function bind(name: SubjectName, subject: unknown, session: Session): Record<string, View> {
  const bound: Record<string, View> = {
    [name]: view(name, subject, session),
    environment: view('environment', session.facts.environment, session),
  };
  for (const [variable, read] of Object.entries(SUBJECT_TABLE[name].variables)) {
    bound[variable] = view(variable as SubjectName, read(subject), session);
  }
  return bound;
}

/** The class of each subject's views. */
export const VIEWS: Readonly<Record<SubjectName, typeof View>> = Object.fromEntries(
  SUBJECTS.map((name) => {
    const Class = class extends View {};
    for (const [key, field] of Object.entries(SUBJECT_TABLE[name].fields)) {
      Object.defineProperty(Class.prototype, key, {
        get(this: View) {
          return readField(this, key, field);
        },
      });
    }
    for (const [key, method] of Object.entries(SUBJECT_TABLE[name].methods)) {
      Object.defineProperty(Class.prototype, key, {
        value(this: View, ...taken: unknown[]) {
          return callMethod(this, method, taken);
        },
      });
    }
    return [name, Class];
  }),
) as Record<SubjectName, typeof View>;

const SUBJECT_OF = new Map(SUBJECTS.map((name) => [typeOf(name) as string, name]));

/** The subject whose CEL type is `type`. */
export function subjectOf(type: string): SubjectName {
  const name = SUBJECT_OF.get(type);
  if (!name) throw new Error(`${type} is the type of no subject`);
  return name;
}

function isUnknown(value: unknown): value is Unknown {
  return (
    typeof value === 'object' &&
    value !== null &&
    (value as { kind?: unknown }).kind === 'unknown' &&
    'because' in value
  );
}
