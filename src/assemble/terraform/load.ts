/** Terraform: reading and evaluating it is a room of its own, loaded only for a tree that has some. */
import type { Result } from '../../source/result.ts';
import type { Files } from '../files.ts';
import { isConfiguration } from './file-name.ts';
import type { TerraformUnit } from './unit.ts';

/** The root modules of a tree, evaluated. */
export async function terraformOf(files: Files): Promise<Result<readonly TerraformUnit[]>> {
  if (!files.paths.some(isConfiguration)) return { value: [], notices: [] };
  return (await import('./index.ts')).assembleTerraform(files);
}
