/** The values files that stand beside a chart's own: each deploys it in another way. */
import { posix } from 'node:path';
import { type Notice, notice } from '../../../source/notice.ts';
import { byText } from '../../../source/order.ts';
import { fileOrigin } from '../../../source/span.ts';
import type { ChartSource } from './chart/source.ts';

/** A way to deploy a chart; null for its own values alone. */
export interface Variant {
  readonly name: string | null;
  readonly path: string | null;
}

/** More than this are examples, which nobody deploys all of. */
const MOST_VARIANTS = 8;

const BESIDE = /^values[-._](?!schema\.)(.+)\.ya?ml$/;
const FOR_TESTS = /^ci\/(.+)-values\.ya?ml$/;

/** A chart's variants: its own values first, then `values-x.yaml`, `values.x.yaml` and `ci/x-values.yaml` by name. */
export function variantsOf({ folder, members, path }: ChartSource, notices: Notice[]): readonly Variant[] {
  const found = members.flatMap((file): Variant[] => {
    const inside = posix.relative(folder, file);
    const beside = BESIDE.exec(inside);
    const test = FOR_TESTS.exec(inside);
    const name = beside?.[1] ?? (test ? `ci-${test[1]}` : undefined);
    return name === undefined ? [] : [{ name, path: file }];
  });
  const variants = [...new Map(found.map((variant) => [variant.name, variant])).values()].sort(
    byText(({ name }) => name ?? ''),
  );
  if (variants.length > MOST_VARIANTS) {
    const message = `Beside this chart stand ${variants.length} values files; it is read with the first ${MOST_VARIANTS}.`;
    notices.push(notice('expansion-limit', message, fileOrigin(path)));
  }
  return [{ name: null, path: null }, ...variants.slice(0, MOST_VARIANTS)];
}
