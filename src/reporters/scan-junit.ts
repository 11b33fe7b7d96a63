import type { Finding, Report } from '../policy/finding.ts';
import { address } from './place.ts';
import type { Context } from './reporter.ts';
import { printable } from './style.ts';

/**
 * The report as JUnit XML, which build servers show as tests: a suite a file, a test a finding. What is certain fails, what
 * is undecided is skipped, and a clean run is one test that passes.
 */
export function scanJunit({ findings }: Report, context: Context): string {
  const files = [...new Set(findings.map(({ location }) => location.file))].sort();
  const suites =
    files.length === 0
      ? [element('testsuite', { name: 'portolan', tests: 1, failures: 0, skipped: 0 }, [CLEAN])]
      : files.map((file) =>
          suiteOf(
            file,
            findings.filter(({ location }) => location.file === file),
            context,
          ),
        );
  const failures = findings.filter(isCertain).length;
  const all = element('testsuites', { name: 'portolan', tests: Math.max(1, findings.length), failures }, suites);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${all}`;
}

function isCertain({ verdict }: Finding): boolean {
  return verdict === 'violation';
}

function suiteOf(file: string, findings: readonly Finding[], context: Context): string {
  const failures = findings.filter(isCertain).length;
  const counts = { tests: findings.length, failures, skipped: findings.length - failures };
  return element(
    'testsuite',
    { name: file, ...counts },
    findings.map((finding) => testOf(finding, context)),
  );
}

const CLEAN = element('testcase', { name: 'no findings', classname: 'portolan' });

function testOf(finding: Finding, { lines }: Context): string {
  const { ruleId, severity, message, because, location } = finding;
  const place = address(location, lines);
  const outcome = isCertain(finding)
    ? element('failure', { type: severity, message }, [text(`${place}: ${message}\n`)])
    : element('skipped', { message: `undecided: ${because.join('; ')}` });
  return element('testcase', { name: `${ruleId} at ${place}`, classname: ruleId, file: location.file }, [outcome]);
}

/** An element on lines of its own; `inside` is XML already. */
function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  inside: readonly string[] = [],
): string {
  const listed = Object.entries(attributes).map(([key, value]) => ` ${key}="${text(String(value))}"`);
  const open = `<${name}${listed.join('')}`;
  return inside.length === 0 ? `${open}/>\n` : `${open}>\n${inside.join('')}</${name}>\n`;
}

/** Text of the scanned tree, as XML has it: no markup of its own, and no character that no XML may hold. */
function text(value: string): string {
  const lines = value.split('\n').map((line) => printable(line).replace(/[\ud800-\udfff\ufffe\uffff]/gu, '\ufffd'));
  return lines
    .join('\n')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}
