/** Endpoints of migrations: databases that a migration calls, and whether it does so in plaintext. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { TraitFact } from '../../../graph/trait.ts';
import type { Context } from '../context.ts';
import { needsIn } from '../environment.ts';
import { type Facts, type Readers, workloadFact } from '../facts.ts';
import { get, isUnknown, knownText, originOf, text } from '../resource.ts';

export const DMS_READERS: Readers = { aws_dms_endpoint: endpoint };

/** Engines that `ssl_mode` is for; the others have settings of their own, or speak nothing but HTTPS. */
const ENCRYPTS = new Set([
  ...[
    'mysql',
    'mariadb',
    'aurora',
    'aurora-serverless',
    'postgres',
    'aurora-postgresql',
    'aurora-postgresql-serverless',
  ],
  ...['oracle', 'sqlserver', 'babelfish', 'db2', 'db2-zos', 'sybase', 'mongodb', 'docdb'],
]);

function endpoint(resource: Resource, context: Context): Facts {
  return {
    needs: needsIn(get(resource.body, 'server_name'), resource, context),
    workloads: [workloadFact(resource, { kind: 'migration-endpoint', traits: traitsOf(resource) })],
  };
}

function traitsOf({ body, origin }: Resource): readonly TraitFact[] {
  if (!ENCRYPTS.has(knownText(body, 'engine_name') ?? '')) return [];
  const mode = text(body, 'ssl_mode') ?? 'none';
  if (mode !== 'none' && !isUnknown(mode)) return [];
  const trait = { trait: 'calls-in-plaintext', origin: originOf(body, 'ssl_mode', origin) } as const;
  return [isUnknown(mode) ? { ...trait, unknown: mode } : trait];
}
