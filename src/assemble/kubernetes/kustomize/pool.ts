/** The objects that a build has so far, found by anything that they were ever called. */
import { idKey, idsOf, type ObjectId, type Resource } from './resource.ts';

/** Objects in their order. Changed in place by one step of a build, never shared. */
export interface Pool {
  /** Undefined where one was deleted. */
  readonly items: (Resource | undefined)[];
  readonly byId: Map<string, Set<number>>;
}

/** The pool of these objects. */
export function poolOf(resources: readonly Resource[]): Pool {
  const pool: Pool = { items: [], byId: new Map() };
  for (const resource of resources) add(pool, resource);
  return pool;
}

/** The objects that are left. */
export function resourcesOf(pool: Pool): readonly Resource[] {
  return pool.items.filter((item) => item !== undefined);
}

/** Puts an object behind the others. */
export function add(pool: Pool, resource: Resource): void {
  pool.items.push(resource);
  register(pool, resource, pool.items.length - 1);
}

/** Puts an object in the place of the one at `index`, or nothing. */
export function replace(pool: Pool, index: number, resource: Resource | undefined): void {
  pool.items[index] = resource;
  if (resource) register(pool, resource, index);
}

/** Where the objects are that are called so, or were. */
export function placesOf(pool: Pool, id: ObjectId): readonly number[] {
  const key = idKey(id);
  return [...(pool.byId.get(key) ?? [])].filter((index) => {
    const item = pool.items[index];
    return item !== undefined && idsOf(item).some((each) => idKey(each) === key);
  });
}

function register(pool: Pool, resource: Resource, index: number): void {
  for (const key of idsOf(resource).map(idKey)) {
    const places = pool.byId.get(key);
    if (places) places.add(index);
    else pool.byId.set(key, new Set([index]));
  }
}
