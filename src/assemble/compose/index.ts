import type { Notice } from '../../source/notice.ts';
import { byText } from '../../source/order.ts';
import type { Result } from '../../source/result.ts';
import { at, entriesOf } from '../../source/value.ts';
import type { Files } from '../files.ts';
import type { Build, ComposeUnit } from '../unit.ts';
import { buildOf, distinctBuilds } from './build.ts';
import { findComposeFiles } from './find.ts';
import { startTree } from './loading.ts';
import { unitsOfFolder } from './units.ts';

/**
 * The compose projects of a tree: files found by name and by shape, put together as the commands that deploy them
 * would (Compose specification: include, extends, merge, interpolation), and the image builds that they ask for.
 */
export function assembleCompose(files: Files): Result<{ units: readonly ComposeUnit[]; builds: readonly Build[] }> {
  const { folders, parts } = findComposeFiles(files);
  const units: ComposeUnit[] = [];
  const builds: Build[] = [];
  const notices: Notice[] = [];
  const tree = startTree(files);
  for (const folder of folders) {
    for (const { unit, loading } of unitsOfFolder(tree, folder, parts)) {
      for (const each of loading.notices) notices.push(each);
      if (unit === null) continue;
      units.push(unit);
      for (const service of entriesOf(at(unit.model, 'services'))) {
        const { build, notices: about } = buildOf(service);
        if (build) builds.push(build);
        for (const each of about) notices.push(each);
      }
    }
  }
  units.sort(byText(({ id }) => id));
  return { value: { units, builds: distinctBuilds(builds) }, notices: distinctNotices(notices) };
}

/** Each notice once, however many units read the line that it is about. */
function distinctNotices(notices: readonly Notice[]): readonly Notice[] {
  const seen = new Map<string, Notice>();
  for (const each of notices) {
    const { file, start, end } = each.origin;
    const key = [each.code, file, start, end, each.message].join('\n');
    if (!seen.has(key)) seen.set(key, each);
  }
  return [...seen.values()];
}
