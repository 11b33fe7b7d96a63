/** The models of rules/modules/, found by what a module call names as its source. */
import { MODEL, type ModuleModel, type ModuleModels } from './models.ts';

/** A model as the build writes it. */
interface ModelEntry {
  readonly sources: readonly string[];
  /** The major version of a call that names none. */
  readonly newest: number;
  /** What a submodule presets, as an expression of Terraform; by its path. */
  readonly presets: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Loads the models, which only a tree needs that calls modules it does not hold. */
export async function loadModels(): Promise<ModuleModels> {
  const { default: entries } = await import('../../generated/modules.json', { with: { type: 'json' } });
  return modelsOf(entries as unknown as readonly ModelEntry[]);
}

function modelsOf(entries: readonly ModelEntry[]): ModuleModels {
  const models = new Map<string, { readonly entry: ModelEntry; readonly preset: string }>();
  for (const entry of entries) {
    for (const source of entry.sources) {
      models.set(source, { entry, preset: '{}' });
      for (const [path, preset] of Object.entries(entry.presets)) models.set(`${source}//${path}`, { entry, preset });
    }
  }
  return (source, version): ModuleModel | undefined => {
    const name = registryName(source);
    const found = name === undefined ? undefined : models.get(name);
    if (!name || !found) return undefined;
    const { entry, preset } = found;
    const major = majorOf(version ?? refOf(source)) ?? entry.newest;
    const text = `locals {\n  major = ${major}\n  preset = ${preset}\n}\n${entry.text}`;
    return { path: `${MODEL}${name}@${major}/main.tf`, text };
  };
}

/**
 * What the public registry calls the module: `terraform-aws-modules/vpc/aws//modules/vpc-endpoints`, also where it is
 * fetched from the repository that the registry takes it from. Undefined for modules that it does not have.
 */
export function registryName(source: string): string | undefined {
  const bare = (source.split('?', 1)[0] as string).replace(/^(git::|tfr:)/, '').replace(/^(https|ssh):\/\/(git@)?/, '');
  const [, host, path = ''] =
    /^(?:\/*(registry\.terraform\.io|registry\.opentofu\.org|github\.com|git@github\.com)[/:])?(.*)$/.exec(bare) ?? [];
  const [module = '', submodule] = path.replace(/^\/+/, '').split('//', 2) as [string, string?];
  const names = module.replace(/\.git$/, '').split('/');
  const behind = submodule ? `//${submodule.replace(/\/$/, '')}` : '';
  if (!host?.includes('github.com'))
    return names.length === 3 && names.every((name) => /^[\w-]+$/.test(name))
      ? `${names.join('/')}${behind}`
      : undefined;
  const [, provider, name] = /^terraform-([a-z0-9]+)-(.+)$/.exec(names[1] ?? '') ?? [];
  return names.length === 2 && name ? `${names[0]}/${name}/${provider}${behind}` : undefined;
}

/** The version that a source names itself: `?ref=v5.1.0`. */
function refOf(source: string): string | undefined {
  return /[?&](?:ref|version)=([^&]*)/.exec(source)?.[1];
}

/** The greatest major version that a constraint allows: 5 of `~> 5.0` and of `>= 4.0, < 6`; undefined of `>= 4.0`. */
function majorOf(constraint: string | undefined): number | undefined {
  const majors = (constraint ?? '')
    .slice(0, MAX_CONSTRAINT)
    .split(',')
    .flatMap((part) => {
      const [, operator = '', major, rest = ''] = /^\s*([<>=!~]*)\s*v?(\d{1,4})([\d.]*)/.exec(part) ?? [];
      if (major === undefined || operator === '!=' || operator.startsWith('>')) return [];
      return operator === '<' && /^(\.0)*$/.test(rest) ? Number(major) - 1 : Number(major);
    });
  return majors.length === 0 ? undefined : Math.max(0, ...majors);
}

const MAX_CONSTRAINT = 200;
