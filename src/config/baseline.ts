import type { BaselineEntry } from '../policy/baseline.ts';
import type { Finding } from '../policy/finding.ts';
import { compareText } from '../source/order.ts';
import type { Tree } from '../source/tree.ts';
import { ConfigError } from './config-error.ts';
import { originAt, readYamlFile } from './yaml-file.ts';

/** What a baseline is called in the root of a tree. */
export const BASELINE_FILE = '.portolan-baseline.json';

interface Written {
  readonly version?: unknown;
  readonly findings?: unknown;
}

/** The baseline of a tree, as it stands in its root; nothing where there is none. Throws a `ConfigError`. */
export function baselineIn(tree: Tree): readonly BaselineEntry[] {
  const reading = tree.read(BASELINE_FILE);
  return reading.kind === 'text' ? readBaseline(BASELINE_FILE, reading.text) : [];
}

/** Reads a baseline. Throws a `ConfigError` where it is none. */
function readBaseline(path: string, text: string): readonly BaselineEntry[] {
  const file = readYamlFile(path, text);
  if (!('content' in file)) throw new ConfigError(file, () => text);
  const { version, findings } = (file.content ?? {}) as Written;
  const entries = Array.isArray(findings) ? findings : null;
  if (version !== 1 || entries === null) {
    const hint = '`portolan baseline` writes one';
    throw new ConfigError(
      [{ origin: originAt(file, ''), message: 'this is no baseline of version 1', hint }],
      () => text,
    );
  }
  return entries.flatMap((entry: { readonly fingerprint?: unknown } | null, index): readonly BaselineEntry[] => {
    const fingerprint = entry?.fingerprint;
    return typeof fingerprint === 'string'
      ? [{ fingerprint, origin: originAt(file, `/findings/${index}/fingerprint`) }]
      : [];
  });
}

/** The text of a baseline of findings: sorted, one a line, so that a change of it is easy to read. */
export function baselineText(
  findings: readonly Pick<Finding, 'fingerprint' | 'ruleId' | 'target' | 'workload'>[],
): string {
  const entries = new Map(
    findings.map(({ fingerprint, ruleId, target, workload }) => [
      fingerprint,
      { rule: ruleId, about: target ?? workload ?? '', fingerprint },
    ]),
  );
  const sorted = [...entries.values()].sort(
    (a, b) => compareText(a.rule, b.rule) || compareText(a.about, b.about) || compareText(a.fingerprint, b.fingerprint),
  );
  const lines = sorted.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n');
  return `{\n  "version": 1,\n  "findings": [${lines === '' ? '' : `\n${lines}\n  `}]\n}\n`;
}
