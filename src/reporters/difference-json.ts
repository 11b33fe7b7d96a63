import type { Exposure, Listener } from '../graph/vocabulary.ts';
import type { Difference, JudgedChange } from '../policy/difference/view.ts';
import type { Lines } from '../policy/finding.ts';
import { place } from './place.ts';
import type { Context } from './reporter.ts';
import { findingOf } from './scan-json.ts';

/** The difference as `schemas/difference.schema.json` has it. What is gone stands at its places in the base. */
export function differenceJson(view: Difference, { lines }: Context): string {
  const { base, head, exposures, ports, fresh, fixed, policyFiles } = view;
  const document = {
    version: 1,
    base: base.name,
    head: head.name,
    exposures: exposures.map((change) => changeOf(change, base.lines, lines)),
    ports: ports.map(({ kind, listener }) => ({
      kind,
      ...listenerOf(listener, kind === 'gone' ? base.lines : lines),
    })),
    findings: {
      new: fresh.map(({ finding, suppressed }) => ({ ...findingOf(finding, lines), suppressed })),
      fixed: fixed.map((finding) => findingOf(finding, base.lines)),
    },
    policyFiles,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function changeOf({ kind, before, after, surely, what, admitted }: JudgedChange, base: Lines, head: Lines) {
  const listener = (after ?? before)?.listener as Listener;
  return {
    kind,
    ...listenerOf(listener, after ? head : base),
    what,
    approved: admitted,
    surely: surely?.scope ?? null,
    before: before && exposureOf(before, base),
    after: after && exposureOf(after, head),
  };
}

function listenerOf({ workload, ports, protocol, service, origins }: Listener, lines: Lines) {
  return {
    workload: workload.name,
    namespace: workload.namespace,
    port: ports.from,
    ...(ports.to === ports.from ? {} : { lastPort: ports.to }),
    protocol,
    service,
    origins: origins.map((origin) => place(origin, lines)),
  };
}

function exposureOf(exposure: Exposure, lines: Lines) {
  const { id, scope, verdict, because, sources, transport, authentication, ports, entry, grant, path } = exposure;
  return {
    id,
    scope,
    verdict,
    because,
    sources,
    transport,
    authentication,
    outside: ports?.from ?? null,
    entry: entry && { kind: entry.kind, name: entry.name },
    grant: place(grant, lines),
    path: path.map(({ kind, name, origin }) => ({ kind, name, origin: place(origin, lines) })),
  };
}
