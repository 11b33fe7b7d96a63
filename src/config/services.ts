import type { ApprovedPort, Service } from '../policy/service.ts';
import { keyOriginAt, type YamlFile } from './yaml-file.ts';

/** A service as the schema has it. */
export interface WrittenService {
  readonly match?: { readonly name?: string; readonly namespace?: string; readonly image?: string };
  readonly listens?: readonly (Pick<ApprovedPort, 'port'> & Partial<ApprovedPort>)[];
  readonly callers?: readonly string[];
  readonly public?: boolean;
  readonly through?: readonly string[];
}

/** The services of a file: one that says nothing of what it matches means the workload of its own name. */
export function servicesIn(file: YamlFile, written: Readonly<Record<string, WrittenService>>): readonly Service[] {
  return Object.entries(written).map(([key, { match, listens, callers, public: open, through }]) => ({
    key,
    match: {
      name: match ? (match.name ?? null) : key,
      namespace: match?.namespace ?? null,
      image: match?.image ?? null,
    },
    listens: listens?.map((one) => ({ protocol: 'tcp', role: null, transport: null, ...one })) ?? null,
    callers: callers ?? null,
    public: open ?? null,
    through: through ?? null,
    origin: keyOriginAt(file, '/services', key),
  }));
}
