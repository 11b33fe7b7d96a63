/** Every kustomization of the real projects beside this one, against the program itself; skipped where either is missing. */
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { hasKubectl, kubectlBuild, ourBuilds } from './oracle.fixture.ts';

const CORPORA = fileURLToPath(new URL('../../../../../shared/corpora/', import.meta.url));
const projects = existsSync(CORPORA) && hasKubectl() ? readdirSync(CORPORA).sort() : [];

describe.skipIf(projects.length === 0)('as kubectl builds', () => {
  test.each(projects)('%s', (project) => {
    for (const [folder, { objects, notices }] of ourBuilds(`${CORPORA}${project}`)) {
      const theirs = kubectlBuild(`${CORPORA}${project}/${folder}`);
      // What is refused there is told here; what is not built is named.
      if ('refused' in theirs) expect(notices).not.toEqual([]);
      else if (!notices.some(({ code }) => code === 'not-built'))
        expect({ folder, objects }).toEqual({ folder, objects: theirs });
    }
  });
});
