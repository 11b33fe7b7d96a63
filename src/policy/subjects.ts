/**
 * The one table of what a rule can ask: every subject with its fields, methods and variables. Types are checked and
 * `docs/rule-language.md` is written from it. A new field is one entry in its subject and a test.
 */
import { connection } from './subjects/connection.ts';
import { exposure } from './subjects/exposure.ts';
import { gateway } from './subjects/gateway.ts';
import { grant } from './subjects/grant.ts';
import { guard } from './subjects/guard.ts';
import { listener } from './subjects/listener.ts';
import { need } from './subjects/need.ts';
import { environment, segment } from './subjects/place.ts';
import { suppression } from './subjects/suppression.ts';
import type { AnySubject, SubjectName, SubjectType } from './subjects/table.ts';
import { waiver } from './subjects/waiver.ts';
import { workload } from './subjects/workload.ts';

/** By name; a subject that is declared and not in here does not compile. */
export const SUBJECT_TABLE: Readonly<Record<SubjectName, AnySubject>> = {
  exposure,
  listener,
  workload,
  gateway,
  guard,
  grant,
  segment,
  connection,
  need,
  environment,
  suppression,
  waiver,
};

/** The CEL type of a subject. */
export function typeOf(name: SubjectName): SubjectType {
  return `${name[0]?.toUpperCase()}${name.slice(1)}` as SubjectType;
}
