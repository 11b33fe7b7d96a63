import type { Format } from '../source/source-file.ts';

/** The format that a path's name says; undefined where no parser is for it. */
export function formatOf(path: string): Format | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/\.(?:tf|tofu|tfvars)$/.test(name)) return 'hcl';
  if (/\.(?:tf|tofu|tfvars)\.json$/.test(name)) return 'hcl-json';
  if (/\.ya?ml$/i.test(name)) return 'yaml';
  if (/\.(?:json|tfstate)$/i.test(name)) return 'json';
  if (/^(?:Dockerfile|Containerfile)(?:\.|$)|\.(?:[Dd]ockerfile|[Cc]ontainerfile)$/.test(name)) return 'dockerfile';
  return name === '.env' || name.startsWith('.env.') || name.endsWith('.env') ? 'dotenv' : undefined;
}
