/** What the name of a file says about its part in a compose project. */
export interface ComposeName {
  /**
   * `base`: found by `docker compose up`; `override`: found beside it; `variant`: given by a flag; `other`: nothing in
   * the name says that it is a compose file at all.
   */
  readonly role: 'base' | 'override' | 'variant' | 'other';
  /** What tells it from the others in its folder: `images` of `docker-compose.images.yml`. */
  readonly variant: string;
}

/** In the order in which Compose prefers them where a folder has several. */
export const BASE_NAMES = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
/** Found beside a base file, whichever of the two names that has; the first of these counts. */
export const OVERRIDE_NAMES = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
];

const EXTENSION = /\.ya?ml$/i;
const PREFIX = /^(?:docker[-_.]?compose|compose|podman-compose|container-compose)(?:[-_.]|$)/i;
const SUFFIX = /[-_.](?:docker[-_.]?compose|compose)$/i;
const STACK_PREFIX = /^docker[-_.]stack(?:[-_.]|$)/i;
const STACK = /(?:^|[-_.])(?:stack|swarm)(?:$|[-_.])/i;

/** Undefined for a file that is no YAML. */
export function composeName(path: string): ComposeName | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!EXTENSION.test(name)) return undefined;
  const stem = name.replace(EXTENSION, '');
  if (BASE_NAMES.includes(name)) return { role: 'base', variant: stem };
  if (OVERRIDE_NAMES.includes(name)) return { role: 'override', variant: 'override' };
  if (STACK_PREFIX.test(stem)) return { role: 'variant', variant: stem.slice('docker-'.length) };
  if (PREFIX.test(stem)) return { role: 'variant', variant: stem.replace(PREFIX, '') || stem };
  if (SUFFIX.test(stem)) return { role: 'variant', variant: stem.replace(SUFFIX, '') };
  return { role: 'other', variant: stem };
}

/**
 * Whether a file of this name is for `docker stack deploy`: always (`docker-stack.yml`), perhaps (`app-stack.yml`,
 * `docker-compose.swarm.yml`: what it holds decides), or never.
 */
export function namesSwarm(path: string): 'always' | 'perhaps' | 'never' {
  const stem = path.slice(path.lastIndexOf('/') + 1).replace(EXTENSION, '');
  if (STACK_PREFIX.test(stem)) return 'always';
  return STACK.test(stem) ? 'perhaps' : 'never';
}

/** The folder of a path; `.` for the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '.' : path.slice(0, slash);
}
