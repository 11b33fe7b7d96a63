import { posix } from 'node:path';
import type { DeclaredEnvironment, Stage } from '../graph/assumptions.ts';
import type { Problem } from '../policy/rule.ts';
import { keyOriginAt, originAt, pointerStep, type YamlFile } from './yaml-file.ts';

/** An environment as the schema has it. */
export interface WrittenEnvironment {
  readonly root: string;
  readonly stage?: Stage;
  readonly links?: Readonly<Record<string, string>>;
}

/** The environments of a file, their folders relative to the root of the tree; what is wrong goes to `problems`. */
export function environmentsIn(
  file: YamlFile,
  written: Readonly<Record<string, WrittenEnvironment>>,
  problems: Problem[],
): readonly DeclaredEnvironment[] {
  const base = posix.dirname(file.path).startsWith('..') ? '.' : posix.dirname(file.path);
  const names = new Map<string, string>();
  return Object.entries(written).map(([name, { root, stage, links = {} }]) => {
    const place = `/environments/${pointerStep(name)}`;
    const folder = (key: string, text: string): string => {
      const path = posix.join(base, text).replace(/(?<=.)\/$/, '');
      if (posix.isAbsolute(text) || path === '..' || path.startsWith('../')) {
        const origin = originAt(file, `${place}/${key}`);
        problems.push({ origin, message: `\`${text}\` leads out of the scanned folder`, hint: 'name one inside it' });
      }
      return path;
    };
    const own = folder('root', root);
    const other = names.get(own);
    if (other !== undefined) {
      const origin = originAt(file, `${place}/root`);
      problems.push({
        origin,
        message: `\`${root}\` is the root of \`${other}\` already`,
        hint: 'name another folder',
      });
    }
    names.set(own, name);
    return {
      name,
      stage: stage ?? null,
      root: own,
      links: Object.entries(links).map(([key, text]) => folder(`links/${pointerStep(key)}`, text)),
      origin: keyOriginAt(file, '/environments', name),
    };
  });
}
