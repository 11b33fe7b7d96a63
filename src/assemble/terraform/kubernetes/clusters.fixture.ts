/** What Terraform deploys to clusters, read from texts. */
import type { Notice } from '../../../source/notice.ts';
import { memoryTree } from '../../../source/tree.ts';
import { at, itemsOf, type Value } from '../../../source/value.ts';
import { openFiles } from '../../files.ts';
import type { KubernetesUnit } from '../../unit.ts';
import { plain } from '../evaluated.fixture.ts';
import { terraformOf } from '../load.ts';

/** The units of clusters, and what is said. */
export async function clusters(
  texts: Readonly<Record<string, string>>,
): Promise<{ readonly units: readonly KubernetesUnit[]; readonly notices: readonly Notice[] }> {
  const { value, notices } = await terraformOf(openFiles(memoryTree(texts)));
  return { units: value.clusters, notices };
}

/** The objects that a root module of one file makes. */
export async function objects(text: string): Promise<readonly unknown[]> {
  const { units } = await clusters({ 'main.tf': text });
  return units.flatMap((unit) => unit.objects.map(plain));
}

/** The value that a path leads to. */
export const follow = (value: Value | undefined, path: readonly (string | number)[]) =>
  path.reduce<Value | undefined>(
    (found, step) => (typeof step === 'number' ? itemsOf(found)[step] : at(found, step)),
    value,
  );
