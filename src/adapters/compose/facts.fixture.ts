import { assembleCompose } from '../../assemble/compose/index.ts';
import { openFiles } from '../../assemble/files.ts';
import type { ContainerFact, Fragment, WorkloadFact } from '../../graph/fragment.ts';
import type { NoticeCode } from '../../source/notice.ts';
import type { Origin } from '../../source/span.ts';
import { memoryTree } from '../../source/tree.ts';
import { composeFragment } from './index.ts';

/** What tests ask of the facts of a unit. */
export interface Facts extends Fragment {
  readonly doors: Fragment['gateways'][number]['doors'];
  readonly codes: readonly NoticeCode[];
  workload(name: string): WorkloadFact;
  container(name: string): ContainerFact;
  /** The line that an origin begins on, as `file:line`. */
  line(origin: Origin | undefined): string;
  /** What an origin covers. */
  quote(origin: Origin | null | undefined): string;
}

/** The facts of the unit of one compose file; `more` are the files beside it. */
export function facts(compose: string, more: Readonly<Record<string, string>> = {}, path = 'shop/compose.yaml'): Facts {
  const files: Readonly<Record<string, string>> = { [path]: compose, ...more };
  const { units } = assembleCompose(openFiles(memoryTree(files))).value;
  const unit = units.find((each) => each.files.includes(path));
  if (!unit) throw new Error(`${path} is in no unit`);
  const { value, notices } = composeFragment(unit);
  const workload = (name: string): WorkloadFact => {
    const found = value.workloads.find((each) => each.name === name);
    if (!found) throw new Error(`no workload ${name}`);
    return found;
  };
  return {
    ...value,
    doors: value.gateways.flatMap((gateway) => gateway.doors),
    codes: notices.map(({ code }) => code),
    workload,
    container: (name) => workload(name).containers[0] as ContainerFact,
    line: (origin) =>
      origin ? `${origin.file}:${(files[origin.file] ?? '').slice(0, origin.start).split('\n').length}` : '',
    quote: (origin) => (origin ? (files[origin.file] ?? '').slice(origin.start, origin.end) : ''),
  };
}

/** A compose file of one service with these fields. */
export function service(fields: string): string {
  return `services:\n  web: { image: web, ${fields} }\n`;
}
