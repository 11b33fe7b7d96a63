import { parseHcl } from '../../parsers/hcl/index.ts';
import type { Files } from '../files.ts';
import { isConfiguration } from './file-name.ts';

/** More files that our parser rejects are left as it read them: the other one is slow. */
const MAX_FALLBACKS = 20;

/**
 * Opens the configurations of a tree, so that all that comes after can ask for them without waiting: one with an error of
 * syntax is shown to HashiCorp's parser first, which has to be loaded.
 */
export async function openConfigurations(files: Files): Promise<void> {
  let left = MAX_FALLBACKS;
  for (const path of files.paths.filter(isConfiguration)) {
    const reading = files.read(path);
    if (reading.kind !== 'text') continue;
    let file = parseHcl({ path, format: path.endsWith('.json') ? 'hcl-json' : 'hcl', text: reading.text });
    if (left > 0 && file.notices.some(({ code }) => code === 'syntax-error')) {
      left--;
      file = await (await import('../../parsers/hcl/fallback.ts')).readByOtherParser(file);
    }
    files.hcl(path, () => file);
  }
}
