/** What other tools check, by concept, against what our rules stand for: docs/coverage.yaml and docs/coverage.md. */
import type { RuleHeader } from '../policy/rule.ts';

/** Tool → ids of its checks. */
export type Checks = Readonly<Record<string, readonly string[]>>;

/** One thing that tools look at. */
export interface Concept {
  readonly concept: string;
  readonly checks: Checks;
  readonly 'left-out'?: readonly { readonly because: string; readonly checks: Checks }[];
}

/** The concepts of a technology. */
export interface CoveragePart {
  readonly part: string;
  readonly concepts: readonly Concept[];
}

/** A check of a tool, and which rules stand for it. */
interface Covered {
  readonly tool: string;
  readonly check: string;
  readonly rules: readonly string[];
}

/** Which rules stand for each check of a concept, in the order of its tools. */
export function coveredBy({ checks }: Concept, rules: readonly RuleHeader[]): readonly Covered[] {
  return pairs(checks).map(({ tool, check }) => ({
    tool,
    check,
    rules: rules
      .filter(({ equivalents }) => (equivalents[tool] ?? []).some((one) => idOf(one) === check))
      .map(({ id }) => id)
      .sort(),
  }));
}

/** What is wrong with a concept, a sentence each: checks without a rule and without a reason, and those with both. */
export function coverageProblems(concept: Concept, rules: readonly RuleHeader[]): readonly string[] {
  const covered = coveredBy(concept, rules);
  const known = new Set(covered.map(keyOf));
  const left = (concept['left-out'] ?? []).flatMap(({ checks }) => pairs(checks)).map(keyOf);
  const reasons = new Set(left);
  return [
    ...left.filter((key) => !known.has(key)).map((key) => `${key} is left out and is none of its checks`),
    ...left.filter((key, index) => left.indexOf(key) < index).map((key) => `${key} is left out twice`),
    ...covered.flatMap((one) => {
      const key = keyOf(one);
      if (one.rules.length === 0 && !reasons.has(key)) return [`${key} has neither a rule nor a reason`];
      if (one.rules.length > 0 && reasons.has(key))
        return [`${key} is left out, and ${one.rules.join(', ')} covers it`];
      return [];
    }),
  ].map((problem) => `${concept.concept}: ${problem}`);
}

/** docs/coverage.md. */
export function coverageMarkdown(parts: readonly CoveragePart[], rules: readonly RuleHeader[]): string {
  const counts = parts.map(({ part, concepts }) => {
    const checks = concepts.flatMap((concept) => coveredBy(concept, rules));
    return [part, concepts.length, checks.length, checks.filter((one) => one.rules.length > 0).length];
  });
  const page = [
    '# What other tools check',
    '<!-- Written from docs/coverage.yaml and the `equivalents` of the rules by a test: `npm run test:update` writes it anew. -->',
    `Every check of checkov, trivy, KICS, terrascan, semgrep, regula and others that is about ports, networks or access to them, by
concept, with the rules that stand for it. A rule looks at the graph, so that it is silent where a check goes by the text of one
resource and nobody gets there after all. A comment that turns off one of these checks turns off what the rule finds there, with
\`compat.suppressions\`.`,
    table(['technology', 'concepts', 'checks', 'covered'], counts),
    ...parts.flatMap(({ part, concepts }) => [`## ${part}`, ...concepts.map((concept) => section(concept, rules))]),
  ].join('\n\n');
  return `${page}\n`;
}

function section(concept: Concept, rules: readonly RuleHeader[]): string {
  const groups = new Map<string, Covered[]>();
  for (const one of coveredBy(concept, rules)) {
    if (one.rules.length === 0) continue;
    const key = one.rules.map((id) => `[${id}](rules/${id}.md)`).join(', ');
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const lines = [...groups].map(([names, covered]) => `- ${names}: ${listed(covered)}`);
  const left = (concept['left-out'] ?? []).map(
    ({ because, checks }) => `- left out: ${listed(pairs(checks))}. ${because}`,
  );
  return [`### ${concept.concept}`, [...lines, ...left].join('\n')].join('\n\n');
}

function listed(checks: readonly { readonly tool: string; readonly check: string }[]): string {
  const tools = [...new Set(checks.map(({ tool }) => tool))];
  return tools
    .map((name) => {
      const ids = checks.filter(({ tool }) => tool === name).map(({ check }) => `\`${check}\``);
      return `${name} ${ids.join(', ')}`;
    })
    .join('; ');
}

function table(heads: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function pairs(checks: Checks): readonly { readonly tool: string; readonly check: string }[] {
  return Object.entries(checks).flatMap(([tool, ids]) => ids.map((check) => ({ tool, check })));
}

function keyOf({ tool, check }: { readonly tool: string; readonly check: string }): string {
  return `${tool} ${check}`;
}

function idOf(equivalent: RuleHeader['equivalents'][string][number]): string {
  return typeof equivalent === 'string' ? equivalent : equivalent.id;
}
