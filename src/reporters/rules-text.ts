import type { RuleInfo } from '../policy/finding.ts';
import type { Context } from './reporter.ts';
import { fixSections, severityText, worstSeverity } from './rule-text.ts';

/** All rules, one a line: id, severity, title. */
export function ruleListText(rules: readonly RuleInfo[], { style }: Context): string {
  const ids = Math.max(0, ...rules.map(({ id }) => id.length));
  const severities = Math.max(0, ...rules.map((rule) => listed(rule).length));
  return rules
    .map((rule) => `${style('bold', rule.id.padEnd(ids))}  ${listed(rule).padEnd(severities)}  ${rule.title}\n`)
    .join('');
}

function listed(rule: RuleInfo): string {
  return typeof rule.severity === 'string' ? rule.severity : `up to ${worstSeverity(rule)}`;
}

/** All that is known of a rule, for a person who meets it in a report. */
export function ruleText({ rule, examples }: RuleView, { style }: Context): string {
  const heading = (text: string) => style('bold', text);
  const parts = [
    `${heading(rule.id)}\n${rule.title}`,
    `severity    ${severityText(rule)}\nconfidence  ${rule.confidence}`,
    rule.why.trim(),
    ...fixSections(rule.fix).map(
      ({ technology, text }) =>
        `${heading(technology === null ? 'How to fix it' : `How to fix it: ${technology}`)}\n${text}`,
    ),
    ...examples.map(({ title, files }) =>
      [
        heading(`Example: ${title}`),
        ...Object.entries(files).map(([path, text]) => `${path}:\n${indented(text)}`),
      ].join('\n'),
    ),
    block(
      heading('Controls'),
      Object.entries(rule.controls).map(([framework, ids]) => `${framework}: ${ids.join(', ')}`),
    ),
    block(
      heading('Checks of other tools that it stands for'),
      Object.entries(rule.equivalents).map(([tool, checks]) => `${tool}: ${checks.map(checkId).join(', ')}`),
    ),
    block(heading('References'), rule.references),
    `To accept it: # portolan:ignore ${rule.id} -- reason`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** The view that `rules show` reports. */
export interface RuleView {
  readonly rule: RuleInfo;
  readonly examples: readonly { readonly title: string; readonly files: Readonly<Record<string, string>> }[];
}

function checkId(check: RuleInfo['equivalents'][string][number]): string {
  return typeof check === 'string' ? check : check.id;
}

function block(heading: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [heading, ...lines].join('\n');
}

function indented(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}
