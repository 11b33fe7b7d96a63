import type { RuleInfo } from '../policy/finding.ts';
import { fixSections, severityText } from './rule-text.ts';
import type { RuleView } from './rules-text.ts';

/** Why a rule is there, how to mend and how to accept what it finds: the help that code scanning shows. */
export function ruleHelp(rule: RuleInfo): string {
  return paragraphs(
    rule.why.trim(),
    '## How to fix it',
    ...fixSections(rule.fix).map(({ technology, text }) =>
      technology === null ? text : `### ${technology}\n\n${text}`,
    ),
    ...(rule.references.length === 0 ? [] : ['## References', list(rule.references.map((url) => `<${url}>`))]),
    '## How to accept it',
    acceptance(rule.id),
  );
}

/** How to say in the code that a finding is accepted. */
export function acceptance(id: string): string {
  return `To accept it, write the comment \`# portolan:ignore ${id} -- reason\` on the line or the line above.`;
}

/** The page of a rule in the documentation. */
export function ruleMarkdown({ rule, examples }: RuleView): string {
  const controls = Object.entries(rule.controls).map(([framework, ids]) => `${framework}: ${ids.join(', ')}`);
  const checks = Object.entries(rule.equivalents).flatMap(([tool, ids]) =>
    ids.length === 0
      ? []
      : [`${tool}: ${ids.map((check) => `\`${typeof check === 'string' ? check : check.id}\``).join(', ')}`],
  );
  const page = paragraphs(
    `# ${rule.id}`,
    `${rule.title}.`,
    `Severity: ${severityText(rule)}. Confidence: ${rule.confidence}.`,
    ruleHelp(rule),
    ...(examples.length === 0 ? [] : ['## Examples']),
    ...examples.flatMap(({ title, files }) => [
      `### ${title}`,
      ...Object.entries(files).flatMap(([path, text]) => [`\`${path}\``, fenced(path, text)]),
    ]),
    ...(controls.length === 0 ? [] : ['## Controls', list(controls)]),
    ...(checks.length === 0 ? [] : ['## Checks of other tools that it stands for', list(checks)]),
  );
  return `${page}\n`;
}

function fenced(path: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${/dockerfile/i.test(path) ? 'dockerfile' : 'yaml'}\n${text.trimEnd()}\n${fence}`;
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

function paragraphs(...parts: readonly string[]): string {
  return parts.join('\n\n');
}
