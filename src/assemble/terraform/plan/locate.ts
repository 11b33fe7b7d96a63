/** Where the code of a root module has what it makes nothing of by itself. */
import type { Files } from '../../files.ts';
import type { TerraformUnit } from '../unit.ts';
import type { Locate } from './merge.ts';

/** Places of blocks in the files of `unit`. */
export function locator(_files: Files, _unit: TerraformUnit): Locate {
  return () => undefined;
}
