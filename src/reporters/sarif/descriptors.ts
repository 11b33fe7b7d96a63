import type { ReportingDescriptor, ToolComponent } from 'sarif';
import type { Finding, RuleInfo, Severity } from '../../policy/finding.ts';
import { byText } from '../../source/order.ts';
import { acceptance, ruleHelp } from '../rule-markdown.ts';
import { fixText } from '../rule-text.ts';
import { LEVELS, score } from './severity.ts';
import { clip } from './text.ts';

/** Code scanning keeps ten tags of a rule. */
const MAX_TAGS = 10;
const MAX_NAME = 255;

/**
 * The descriptors of all rules that ran. `security-severity` belongs to the descriptor, so a rule whose severity depends
 * on the scope is one rule for people and one descriptor a band here.
 */
export function descriptorsOf(rules: readonly RuleInfo[]): readonly ReportingDescriptor[] {
  return rules.flatMap((rule) => {
    const { severity } = rule;
    if (typeof severity === 'string') return [descriptor(rule, severity, null)];
    return Object.entries(severity).map(([band, level]) => descriptor(rule, level, band));
  });
}

/** The descriptor that a finding belongs to. */
export function descriptorId({ ruleId, band }: Pick<Finding, 'ruleId' | 'band'>): string {
  return band === null ? ruleId : `${ruleId}/${band}`;
}

/** The frameworks that the rules' controls come from, each with the controls that some rule names. */
export function taxonomiesOf(rules: readonly RuleInfo[]): readonly ToolComponent[] {
  const taxa = new Map<string, Set<string>>();
  for (const { controls } of rules)
    for (const [framework, ids] of Object.entries(controls)) {
      const known = taxa.get(framework) ?? new Set();
      for (const id of ids) known.add(id);
      taxa.set(framework, known);
    }
  return [...taxa]
    .sort(byText(([key]) => key))
    .map(([name, ids]) => ({ name, taxa: [...ids].sort().map((id) => ({ id })) }));
}

function descriptor(rule: RuleInfo, severity: Severity, band: string | null): ReportingDescriptor {
  const id = descriptorId({ ruleId: rule.id, band });
  const reference = rule.references.find((text) => /^https?:\/\//.test(text));
  const controls = Object.entries(rule.controls).flatMap(([framework, ids]) =>
    ids.map((control) => ({
      target: { id: control, toolComponent: { name: framework } },
      kinds: ['relevant'],
    })),
  );
  return {
    id,
    name: pascalCase(id).slice(0, MAX_NAME),
    shortDescription: { text: clip(sentence(rule.title)) },
    fullDescription: { text: clip(rule.why.trim()) },
    help: { text: helpText(rule), markdown: ruleHelp(rule) },
    ...(reference === undefined ? {} : { helpUri: reference }),
    defaultConfiguration: { level: LEVELS[severity] },
    ...(controls.length === 0 ? {} : { relationships: controls }),
    properties: {
      'security-severity': score(severity),
      precision: rule.confidence,
      tags: tagsOf(rule),
      equivalents: band === null ? rule.equivalents : equivalentsIn(band, rule),
    },
  };
}

/** The checks of peers that findings of a band stand for. */
function equivalentsIn(band: string, { equivalents }: RuleInfo): RuleInfo['equivalents'] {
  return Object.fromEntries(
    Object.entries(equivalents).flatMap(([tool, checks]) => {
      const inside = checks.filter(
        (check) => typeof check === 'string' || !check.scopes || check.scopes.some((scope) => scope === band),
      );
      return inside.length > 0 ? [[tool, inside]] : [];
    }),
  );
}

/** `security` first: with `security-severity` it is what makes a result a security alert. */
function tagsOf({ controls }: RuleInfo): string[] {
  const named = Object.entries(controls).flatMap(([framework, ids]) => ids.map((id) => `${framework}/${id}`));
  return ['security', 'network', 'least-privilege', ...named].slice(0, MAX_TAGS);
}

function helpText(rule: RuleInfo): string {
  return [rule.why.trim(), 'How to fix it:', fixText(rule.fix), acceptance(rule.id)].join('\n\n');
}

function pascalCase(id: string): string {
  return id.replaceAll(/(?:^|[^a-z0-9]+)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
