/** The reference of the rule language as Markdown, from the tables that check rules: docs/rule-language.md. */
import { TRAITS } from '../graph/trait.ts';
import { OPAQUE_TYPES, PLAIN_FUNCTIONS, variablesOf } from './language.ts';
import { type Field, type Method, SUBJECTS, type SubjectName } from './subjects/table.ts';
import { SUBJECT_TABLE, typeOf } from './subjects.ts';

/** The whole page. Everything that a rule can say stands in it. */
export function ruleLanguage(): string {
  return [INTRODUCTION, ...SUBJECTS.map(subjectPart), opaquePart(), traitPart(), functionPart()]
    .join('\n\n')
    .concat('\n');
}

const INTRODUCTION = `# The rule language

<!-- Written from the tables in src/policy by its test: \`npm run test:update\` writes it anew. -->

A rule is one YAML file; \`schemas/rule.schema.json\` says which keys it has. Its \`when\` is a condition in
[CEL](https://cel.dev), asked of one subject at a time; \`at\` names the place where a person would make the change, and
\`message\` holds text with CEL in braces (\`{{\` for a brace).

\`\`\`yaml
id: data-store-open-to-internet
title: A data store is reachable from the internet
severity: critical
confidence: high
on: exposure
when: exposure.scope == "internet" && listener.role == "data-store"
at: exposure.grant
message: "{listener.name} ({listener.port}/{listener.protocol}) on {workload.name} is reachable: {exposure.path}."
\`\`\`

Everything is checked when the rule is loaded: a field that is not there, a type that does not fit and a value that an
enumeration does not have are errors with their line and column. Fields whose value the code does not show make the verdict
*undecided*, unless \`&&\`, \`||\`, \`exists\` or \`all\` already decide it.

\`change: loopback\` (of an exposure) or \`change: removal\` (of a listener) says which change of text mends what the rule
finds. Where the code offers that change and its text is certain, SARIF tells it as a fix that editors apply.

What holds for every rule need not be written in any:

- An exposure that is only possible makes an undecided finding, and none where the same rule is certain of the same listener
  and entry.
- Exposures that nobody wrote (\`exposure.implicit\`) are passed over by rules that do not ask for that field.
- Where nothing uses the guard that admits (\`exposure.attachment\`), the finding is one step less severe and of low confidence.
- What rests on a role that only a port number tells is at most of medium severity and of low confidence.
- Of the scopes of one way in, the widest is told. One thing is told once, however many environments it stands in.`;

function subjectPart(name: SubjectName): string {
  const { about, fields, methods, at } = SUBJECT_TABLE[name];
  const others = variablesOf(name).filter((variable) => variable !== name);
  const variables = others.length > 0 ? ` Other variables: ${others.map(code).join(', ')}.` : '';
  const rows = [
    ...Object.entries(fields).map(([key, field]) => fieldRow(key, field)),
    ...Object.entries(methods).map(([key, method]) => methodRow(key, method)),
  ];
  return [
    `## ${name}`,
    `${about} Type ${code(typeOf(name))}; without \`at\`, a finding stands at ${code(at)}.${variables}`,
    table(['field', 'type', 'what it is', 'example'], rows),
  ].join('\n\n');
}

function fieldRow(key: string, { type, about, values, unit, example }: Field<unknown>): readonly string[] {
  const named = values ? ` One of ${values.map((value) => code(`"${value}"`)).join(', ')}.` : '';
  return [code(key), code(type), `${about}${named}${unit ? ` Counted in ${unit}.` : ''}`, code(example)];
}

function methodRow(key: string, { takes, type, about, example }: Method<unknown>): readonly string[] {
  const taken = takes.map(({ name, type }) => `${name}: ${type}`).join(', ');
  const values = takes.flatMap((parameter) => parameter.values ?? []);
  const named = values.length > 0 ? ` It takes ${values.map((value) => code(`"${value}"`)).join(', ')}.` : '';
  return [code(`${key}(${taken})`), code(type), `${about}${named}`, code(example)];
}

function opaquePart(): string {
  const parts = Object.entries(OPAQUE_TYPES).map(([name, { about, fields, methods }]) => {
    const rows = [
      ...Object.entries(fields).map(([key, field]) => [code(key), code(field.type), field.about]),
      ...Object.entries(methods).map(([key, method]) => [code(`${key}(${method.takes})`), code('bool'), method.about]),
    ];
    const head = `### ${name}\n\n${about}`;
    return rows.length > 0 ? `${head}\n\n${table(['member', 'type', 'what it is'], rows)}` : head;
  });
  return ['## Types', ...parts].join('\n\n');
}

function traitPart(): string {
  const rows = Object.entries(TRAITS).map(([name, { of, about }]) => [code(`"${name}"`), of.join(', '), about]);
  return [
    '## Traits',
    'What `trait` and `traitOrigin` take: what the code says of a thing besides who gets to it.',
    table(['trait', 'of', 'what it says'], rows),
  ].join('\n\n');
}

function functionPart(): string {
  const rows = Object.entries(PLAIN_FUNCTIONS).map(([signature, about]) => [code(signature), about]);
  return [
    '## Functions',
    'Operators are `&&`, `||`, `!`, `? :`, `==`, `!=`, `<`, `<=`, `>`, `>=`, `+`, `-` and `in`; lists are written `["a", "b"]`.',
    table(['function', 'what it does'], rows),
  ].join('\n\n');
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}
