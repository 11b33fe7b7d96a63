/**
 * Networks of Google Cloud and their subnets as texts name them: by a path with project and region, which may be another
 * project's (a Shared VPC), or by a bare name, which is one of the project that its user is in.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import { append } from '../../../source/multimap.ts';
import type { Origin } from '../../../source/span.ts';
import { textOf, type Unknown, unknown, type Value } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { type Block, get, isUnknown, knownText } from '../resource.ts';

export const NETWORK = 'google_compute_network';
export const SUBNET = 'google_compute_subnetwork';

/** A project as far as the code says which. */
export interface Project {
  /** Equal for the same project; where it is not known, for who says the same of it. */
  readonly key: string;
  readonly known: boolean;
}

/** Where a bare name is looked up. */
export interface Home {
  readonly project: Project;
  readonly region: string | undefined;
}

/** What a value names. */
export interface Called {
  /** The resource that makes it; undefined where none of the unit surely does. */
  readonly made: Resource | undefined;
  /** One that makes it, unless its project is another one. */
  readonly perhaps?: { readonly resource: Resource; readonly because: Unknown };
  /** What it is called where no resource makes it. */
  readonly name: string;
  readonly origin: Origin;
}

/** The project in which somebody is: the one that it names, else the one of its provider. */
export function projectOf({ body, provider }: Pick<Resource, 'body' | 'provider'>, context: Context): Project {
  return projectIn(body, 'project') ?? projectOfProvider(provider, context);
}

/** The project that an attribute names. */
export function projectIn(block: Block, name: string): Project | undefined {
  const value = get(block, name);
  return value && projectCalled(value);
}

/** The project of whoever names none. */
export function projectOfProvider(provider: string, { unit }: Pick<Context, 'unit'>): Project {
  const said = unit.projects?.get(provider);
  const project = said && projectCalled(said);
  // Whoever sets up both of its providers sets them up alike.
  return project ?? { key: `the project of ${provider.replace('google-beta', 'google')}`, known: false };
}

function projectCalled(value: Value): Project | undefined {
  if (value.kind === 'unknown') return { key: value.refers?.[0]?.address ?? value.because, known: false };
  const text = textOf(value);
  return text ? { key: text, known: true } : undefined;
}

/** Undefined where nobody knows: a project has a number beside its name. */
function isSame(one: Project, other: Project): boolean | undefined {
  if (one.key === other.key) return true;
  const comparable = one.known && other.known && NUMBER.test(one.key) === NUMBER.test(other.key);
  return comparable ? false : undefined;
}

const NUMBER = /^\d+$/;

/** What is called by a path, or by a name alone; `written` where it says which project. */
interface Path extends Home {
  readonly name: string;
  readonly written: boolean;
}

const PATH =
  /(?:^|\/)(?:projects\/([^/]{1,80})\/|)(?:global|regions\/([^/]{1,80}))\/(?:networks|subnetworks)\/([^/]{1,80})$/;

/** What a value names among the resources of a type. */
export function calledBy(value: Value, type: typeof NETWORK | typeof SUBNET, home: Home, context: Context): Called {
  const { origin } = value;
  const made = (resource: Resource): Called => ({ made: resource, name: resource.address, origin });
  const [meant] = context.meaning(value, [type]).meant;
  const path = pathOf(value, home);
  const name = isUnknown(value) ? (value.refers?.[0]?.address ?? value.because) : nameOf(path);
  const unseen: Called = { made: undefined, name, origin };
  if (!path) return meant ? made(meant.resource) : unseen;
  const alike = meant && knownText(meant.resource.body, 'name') === path.name;
  // What is known by its id is meant, whatever its project is; a bare name is one of somewhere.
  if (meant && path.written === alike) return made(meant.resource);
  const found = named(type, context)
    .get(path.name)
    ?.filter((one) => regionOf(one) === undefined || [undefined, regionOf(one)].includes(path.region));
  const sames = (found ?? []).map((resource) => ({
    resource,
    same: isSame(path.project, projectOf(resource, context)),
  }));
  const sure = sames.find(({ same }) => same === true);
  if (sure) return made(sure.resource);
  const [maybe] = sames.filter(({ same }) => same === undefined);
  if (!maybe) return unseen;
  // A bare name beside the one thing that has it means that, unless somebody says of both that they are apart.
  if (!path.written && sames.length === 1) return made(maybe.resource);
  const because = unknown(
    `whether ${name} is ${maybe.resource.address} hangs on projects that are not in the code`,
    origin,
  );
  return { ...unseen, perhaps: { resource: maybe.resource, because } };
}

/** What a text says of where it is; of a text that is not all known, its end. */
function pathOf(value: Value, home: Home): Path | undefined {
  const text = isUnknown(value) ? value.ends : textOf(value);
  if (text === undefined) return undefined;
  const match = PATH.exec(text);
  if (!match) return isUnknown(value) || text === '' ? undefined : { ...home, name: lastOf(text), written: false };
  const [, project, region, name] = match as unknown as [string, string?, string?, string?];
  const unsaid = isUnknown(value) ? projectCalled(value) : undefined;
  const said = project === undefined ? unsaid : { key: project, known: true };
  return { project: said ?? home.project, region, name: name ?? '', written: said !== undefined };
}

function nameOf(path: Path | undefined): string {
  if (!path) return '';
  return path.project.known ? `${path.project.key}/${path.name}` : path.name;
}

/** The last part of a path, or a name that is no path. */
export function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

const indexes = new WeakMap<Context, Map<string, ReadonlyMap<string, readonly Resource[]>>>();

/** The resources of a type by name. */
function named(type: string, context: Context): ReadonlyMap<string, readonly Resource[]> {
  const known = indexes.get(context) ?? new Map<string, ReadonlyMap<string, readonly Resource[]>>();
  indexes.set(context, known);
  const found = known.get(type);
  if (found) return found;
  const made = new Map<string, Resource[]>();
  for (const resource of context.all(type)) {
    const name = knownText(resource.body, 'name');
    if (name) append(made, name, resource);
  }
  known.set(type, made);
  return made;
}

/** The region of what names one, or a zone of it. */
export function regionOf({ body }: Pick<Resource, 'body'>): string | undefined {
  const zone = knownText(body, 'zone');
  return knownText(body, 'region') ?? zone?.replace(/-[a-z]$/, '');
}
