/** What a change of the code does to who gets to what, and to what is wrong with that, judged by one policy. */
import { differenceOf as graphDifference } from '../../graph/difference/index.ts';
import type { Exposure } from '../../graph/vocabulary.ts';
import { append, type Multimap } from '../../source/multimap.ts';
import type { Approval } from '../approval.ts';
import type { Finding, Report } from '../finding.ts';
import type { Difference, Side } from './view.ts';

/** Compares two sides that were judged by one policy. */
export function differenceOf(
  base: Side,
  head: Side,
  policyFiles: readonly string[],
  admitted: (exposure: Exposure) => Approval | null = () => null,
): Difference {
  const [before, after] = [everything(base.report), everything(head.report)];
  const [come, gone] = [without(after, before), without(before, after)];
  const { exposures, ports } = graphDifference(base.graph, head.graph);
  return {
    ports,
    exposures: exposures.map((change) => ({ ...change, admitted: change.after && admitted(change.after) })),
    base: { name: base.name, lines: base.lines },
    head: { name: head.name, report: head.report },
    fresh: [
      ...head.report.findings.filter((one) => come.has(one)).map((finding) => ({ finding, suppressed: null })),
      ...head.report.suppressed
        .filter(({ finding, how }) => how !== 'waiver' && come.has(finding))
        .map(({ finding, how, reason }) => ({ finding, suppressed: how === 'comment' ? reason : null })),
    ],
    fixed: base.report.findings.filter((one) => gone.has(one)),
    policyFiles,
  };
}

/**
 * The findings that there are more of than among `others`. How many follows from what they are about, which has no places;
 * which, from the environments that have one already: the same names in another file are another thing.
 */
function without(findings: readonly Finding[], others: readonly Finding[]): ReadonlySet<Finding> {
  const known = byIdentity(others);
  return new Set(
    [...byIdentity(findings)].flatMap(([identity, group]) => {
      const same = known.get(identity) ?? [];
      const left: Multimap<string, Finding> = new Map();
      for (const one of same) for (const id of one.environments) append(left, id, one);
      const met = new Set<Finding>();
      // One that stands in several environments is met in the first of them, and spent in the others.
      const spare = (id: string): Finding | undefined => {
        const list = left.get(id) ?? [];
        while (list.length > 0 && met.has(list.at(-1) as Finding)) list.pop();
        return list.pop();
      };
      const unmet = group.filter(({ environments }) => {
        for (const id of environments) {
          const other = spare(id);
          if (!other) continue;
          met.add(other);
          return false;
        }
        return true;
      });
      return unmet.slice(0, Math.max(0, group.length - same.length));
    }),
  );
}

function byIdentity(findings: readonly Finding[]): Multimap<string, Finding> {
  const groups: Multimap<string, Finding> = new Map();
  for (const one of findings) append(groups, one.identity, one);
  return groups;
}

function everything({ findings, suppressed }: Report): readonly Finding[] {
  return [...findings, ...suppressed.map(({ finding }) => finding)];
}
