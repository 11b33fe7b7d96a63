import { formatOf } from '../parsers/index.ts';
import type { Comment } from '../source/comment.ts';
import { inlinePlacing } from './docker/inline.ts';
import type { Files } from './files.ts';
import { ignoreComments } from './kubernetes/ignore.ts';
import type { Unit } from './unit.ts';

/**
 * The comments in the files of `units` whose text passes `worth`, and the annotations that say the same as a comment.
 * Most files hold none that anybody asks for, so each is looked at as text before its comments are gathered.
 */
export async function commentsOf(
  files: Files,
  units: readonly Unit[],
  worth: (text: string) => boolean,
): Promise<readonly Comment[]> {
  const comments = units.flatMap((unit) => (unit.technology === 'kubernetes' ? ignoreComments(unit) : []));
  for (const unit of units) {
    if (unit.technology !== 'docker' || !unit.build.inline || !worth(unit.text)) continue;
    const { parseDockerfile } = await import('../parsers/dockerfile/index.ts');
    const { dockerfile, inline } = unit.build;
    comments.push(...parseDockerfile(dockerfile, unit.text, inlinePlacing(inline.pieces)).comments());
  }
  const rendered = units.flatMap((unit) => (unit.technology === 'kubernetes' ? (unit.rendered ?? []) : []));
  const templates = new Set(rendered.flatMap(({ files: paths }) => [...paths]));
  const worthReading = (path: string): string | undefined => {
    const reading = files.read(path);
    return reading.kind === 'text' && worth(reading.text) ? reading.text : undefined;
  };
  if ([...templates].some((path) => worthReading(path) !== undefined)) {
    comments.push(...rendered.flatMap((each) => each.comments()).filter(({ text }) => worth(text)));
  }
  for (const path of new Set(units.flatMap((unit) => unit.files))) {
    const text = templates.has(path) ? undefined : worthReading(path);
    if (text !== undefined) comments.push(...(await commentsIn(files, path, text)));
  }
  return comments;
}

async function commentsIn(files: Files, path: string, text: string): Promise<readonly Comment[]> {
  const format = formatOf(path);
  if (format === 'yaml' || format === 'json') return files.parsed(path)?.comments() ?? [];
  if (format === 'hcl' || format === 'hcl-json') {
    const { parseHcl } = await import('../parsers/hcl/index.ts');
    return files.hcl(path, parseHcl)?.comments() ?? [];
  }
  if (format === 'dotenv') return files.dotenv(path)?.comments() ?? [];
  const { parseDockerfile } = await import('../parsers/dockerfile/index.ts');
  return parseDockerfile(path, text).comments();
}
