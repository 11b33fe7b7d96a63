/** `portolan.yaml` (schemas/config.schema.json). */
import { type Assumptions, NO_ASSUMPTIONS } from '../graph/vocabulary.ts';
import type { Severity } from '../policy/finding.ts';
import type { Override, Problem } from '../policy/rule.ts';
import type { Service } from '../policy/service.ts';
import type { Waiver } from '../policy/waiver.ts';
import { addressesIn } from './addresses.ts';
import { ConfigError } from './config-error.ts';
import { environmentsIn, type WrittenEnvironment } from './environments.ts';
import { schemaProblems } from './schema-problems.ts';
import { servicesIn, type WrittenService } from './services.ts';
import { millisecondsOf, type WrittenWaiver, waiversIn } from './waivers.ts';
import { readYamlFile, type YamlFile } from './yaml-file.ts';

/** What this version evaluates of it; the defaults are those of no file at all. */
export interface Config {
  /** The file itself; null where there is none. */
  readonly file: YamlFile | null;
  readonly policy: {
    /** Globs of rule files, relative to the file. */
    readonly rules: readonly string[];
    readonly failOn: Severity | 'never';
    /** By rule id. */
    readonly overrides: Readonly<Record<string, Override>>;
    readonly requireExpiry: boolean;
    /** No finding by themselves when they are open. */
    readonly nonSensitivePorts: readonly number[];
  };
  readonly services: readonly Service[];
  readonly waivers: readonly Waiver[];
  /** How long a waiver may last, in milliseconds; null for any time. */
  readonly longestWaiver: number | null;
  /** Facts that the code cannot show. */
  readonly assume: Assumptions;
  readonly compat: { readonly suppressions: boolean };
}

/** What holds where there is no file. */
export const NO_CONFIG: Config = {
  file: null,
  policy: { rules: [], failOn: 'high', overrides: {}, requireExpiry: false, nonSensitivePorts: [] },
  services: [],
  waivers: [],
  longestWaiver: null,
  assume: NO_ASSUMPTIONS,
  compat: { suppressions: false },
};

/** Reads a policy file. Throws a `ConfigError` with every problem that it has. */
export async function readConfig(path: string, text: string): Promise<Config> {
  const file = readYamlFile(path, text);
  if (!('content' in file)) throw new ConfigError(file, () => text);
  const { validateConfig } = await import('../generated/validate.js');
  if (!validateConfig(file.content)) {
    throw new ConfigError(schemaProblems(file, validateConfig.errors ?? []), () => text);
  }
  const { policy, compat, services = {}, waivers = [], ...facts } = file.content as Partial<Written>;
  const { maxWaiver, ...rest } = policy ?? {};
  const problems: Problem[] = [];
  const config = {
    file,
    policy: { ...NO_CONFIG.policy, ...rest },
    services: servicesIn(file, services),
    waivers: waiversIn(file, waivers, problems),
    longestWaiver: maxWaiver === undefined ? null : millisecondsOf(maxWaiver),
    assume: assumptionsIn(file, facts, problems),
    compat: { ...NO_CONFIG.compat, ...compat },
  };
  if (problems.length > 0) throw new ConfigError(problems, () => text);
  return config;
}

/** What the file holds once it is valid. */
interface Written extends Omit<Config, 'file' | 'assume' | 'policy' | 'services' | 'waivers' | 'longestWaiver'> {
  readonly policy: Partial<Config['policy']> & { readonly maxWaiver?: string };
  readonly services: Readonly<Record<string, WrittenService>>;
  readonly waivers: readonly WrittenWaiver[];
  readonly environments: Readonly<Record<string, WrittenEnvironment>>;
  readonly assume: {
    readonly internetFacingHosts?: boolean | 'unknown';
    readonly cni?: string;
    readonly trustedSources?: readonly string[];
  };
}

/**
 * What network plugins do with policies (R9, R21): whether they enforce them, and whether address ranges match pods. Those
 * of cloud providers do where somebody turns it on.
 */
const PLUGINS: Readonly<Record<string, readonly [enforce: boolean | 'unknown', match: boolean | 'unknown']>> = {
  calico: [true, true],
  antrea: [true, true],
  cilium: [true, false],
  flannel: [false, 'unknown'],
  none: [false, 'unknown'],
};

function assumptionsIn(
  file: YamlFile,
  { environments = {}, assume: { internetFacingHosts, cni, trustedSources = [] } = {} }: Partial<Written>,
  problems: Problem[],
): Assumptions {
  const [guardsEnforced, addressesMatchWorkloads] = PLUGINS[cni ?? ''] ?? ['unknown', 'unknown'];
  return {
    ...NO_ASSUMPTIONS,
    internetFacingHosts: internetFacingHosts ?? NO_ASSUMPTIONS.internetFacingHosts,
    guardsEnforced,
    addressesMatchWorkloads,
    trustedSources: addressesIn(file, '/assume/trustedSources', trustedSources, problems),
    environments: environmentsIn(file, environments, problems),
  };
}
