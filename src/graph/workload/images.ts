/** Which image a container runs: a build of this tree, found by its id, its names, or what it is called. */
import { append } from '../../source/multimap.ts';
import type { Origin } from '../../source/span.ts';
import type { UnitIdentity } from '../../source/unit.ts';
import type { CommandLine, DeclaredPort, Fragment, ImageFact, ImageUse, VariableFact } from '../fragment.ts';
import type { Confidence, Link } from '../vocabulary.ts';

/** An image with everything that it inherits from the images of this tree that it stands on. */
export interface BuiltImage {
  readonly fact: ImageFact;
  readonly unit: UnitIdentity;
  /** The image itself, then those of this tree that it stands on, nearest first. */
  readonly chain: readonly ImageFact[];
  readonly ports: readonly DeclaredPort[];
  readonly environment: ReadonlyMap<string, VariableFact>;
  readonly entrypoint: CommandLine | null;
  readonly command: CommandLine | null;
  readonly checks: ImageFact['checks'];
  /** The reference of another tree that it stands on in the end; null for `scratch`, and where the code does not say. */
  readonly base: string | null;
}

/** The image that a container runs, and how sure that is. */
export interface FoundImage {
  readonly image: BuiltImage;
  readonly kind: Link['kind'];
  readonly confidence: Confidence;
  /** The line that says which image runs. */
  readonly origin: Origin;
}

/** The images that the Dockerfiles of a tree make. */
export interface Images {
  /** The build that `use` runs, or null; `names` are what the container and its workload are called. */
  find(use: ImageUse, names: readonly string[]): FoundImage | null;
  readonly all: readonly BuiltImage[];
}

/**
 * The images of all fragments. A reference that `known` recognises (`redis`, `bitnami/postgresql`) is never taken for a
 * folder of the same name.
 */
export function imagesOf(fragments: readonly Fragment[], known: (reference: string) => boolean): Images {
  const facts = fragments.flatMap((fragment) => fragment.images);
  const unitOf = new Map(fragments.flatMap(({ unit, images }) => images.map((fact) => [fact, unit] as const)));
  const byId = new Map(facts.map((fact) => [fact.id, fact]));
  const byName = new Map<string, ImageFact>();
  const byRepository = new Map<string, ImageFact>();
  for (const fact of facts) {
    for (const name of fact.names) {
      setFirst(byName, name, fact);
      setFirst(byRepository, repositoryOf(name), fact);
    }
  }
  const byFolder = new Map<string, ImageFact[]>();
  for (const fact of wholeBuilds(facts)) {
    const folder = folderName(fact);
    append(byFolder, folder, fact);
  }
  const built = new Map<ImageFact, BuiltImage>();
  const build = (fact: ImageFact): BuiltImage => {
    const known = built.get(fact);
    if (known) return known;
    const made = inherit(fact, unitOf.get(fact) as UnitIdentity, chainOf(fact, byId, byName));
    built.set(fact, made);
    return made;
  };

  const guess = (reference: string, names: readonly string[]): [ImageFact, Confidence] | null => {
    const last = repositoryOf(reference).split('/').pop() as string;
    const same = byFolder.get(last);
    if (same) return same.length === 1 ? [same[0] as ImageFact, 'medium'] : null;
    // `examplevotingapp_vote` run by `vote` is the folder `vote`: the end of a name counts only where another name agrees.
    for (const name of names) {
      const folders = byFolder.get(name);
      if (folders?.length === 1 && endsWithWord(last, name)) return [folders[0] as ImageFact, 'low'];
    }
    return null;
  };

  return {
    find(use, names) {
      const found = (fact: ImageFact, kind: Link['kind'], confidence: Confidence): FoundImage => ({
        image: build(fact),
        kind,
        confidence,
        origin: use.origin,
      });
      const own = use.build === undefined ? undefined : byId.get(use.build);
      if (own) return found(own, 'builds', 'high');
      if (typeof use.reference !== 'string' || use.build !== undefined) return null;
      const exact = byName.get(use.reference);
      if (exact) return found(exact, 'runs', 'high');
      const otherTag = byRepository.get(repositoryOf(use.reference));
      if (otherTag) return found(otherTag, 'runs', 'medium');
      const guessed = known(use.reference) ? null : guess(use.reference, names);
      return guessed && found(guessed[0], 'runs', guessed[1]);
    },
    all: facts.map(build),
  };
}

/** The reference without tag and digest, with its registry. */
export function repositoryOf(reference: string): string {
  const name = reference.split('@')[0] as string;
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/') ? name.slice(0, colon) : name;
}

/** What a person calls the image: the folder of its Dockerfile, or a Dockerfile's own name where it has one. */
export function folderName(fact: ImageFact): string {
  const parts = fact.origin.file.split('/');
  const file = parts.pop() as string;
  const own = file.replace(/^(?:docker|container)file\.?|\.?(?:docker|container)file$/gi, '');
  return (own || parts.pop() || 'image').toLowerCase();
}

/**
 * One build of each Dockerfile that makes its last stage: who runs an image that somebody pushed does not run the stage
 * that somebody else stops at.
 */
function wholeBuilds(facts: readonly ImageFact[]): Iterable<ImageFact> {
  const chosen = new Map<string, ImageFact>();
  for (const fact of facts) {
    const plain = `docker:${fact.origin.file}`;
    if (fact.id === plain || (fact.id.startsWith(`${plain}?`) && !chosen.has(plain))) chosen.set(plain, fact);
  }
  return chosen.values();
}

/** The image, the image that it stands on, and so on, as far as this tree has them. */
function chainOf(
  fact: ImageFact,
  byId: ReadonlyMap<string, ImageFact>,
  byName: ReadonlyMap<string, ImageFact>,
): readonly ImageFact[] {
  const chain = new Set<ImageFact>();
  for (let current: ImageFact | undefined = fact; current && !chain.has(current); ) {
    chain.add(current);
    const base: ImageUse | null = current.base;
    if (base?.build !== undefined) current = byId.get(base.build);
    else current = typeof base?.reference === 'string' ? byName.get(base.reference) : undefined;
  }
  return [...chain];
}

/** Docker's rules of inheritance: a new ENTRYPOINT drops the CMD of the image below, everything else is added or replaced. */
function inherit(fact: ImageFact, unit: UnitIdentity, chain: readonly ImageFact[]): BuiltImage {
  const environment = new Map<string, VariableFact>();
  let entrypoint: CommandLine | null = null;
  let command: CommandLine | null = null;
  let checks: ImageFact['checks'] = [];
  for (const level of [...chain].reverse()) {
    for (const variable of level.environment) environment.set(variable.name, variable);
    if (level.entrypoint) [entrypoint, command] = [level.entrypoint, null];
    if (level.command) command = level.command;
    if (level.checks.length > 0) checks = level.checks;
  }
  const base = chain[chain.length - 1]?.base?.reference;
  return {
    fact,
    unit,
    chain,
    ports: chain.flatMap((level) => level.ports),
    environment,
    entrypoint,
    command,
    checks,
    base: typeof base === 'string' ? base : null,
  };
}

function endsWithWord(text: string, word: string): boolean {
  return text.endsWith(word) && /[-_.]/.test(text[text.length - word.length - 1] ?? '');
}

function setFirst<V>(map: Map<string, V>, key: string, value: V): void {
  if (!map.has(key)) map.set(key, value);
}
