/** What asks Prometheus to come by: annotations of pods and services (E9). */
import type { NeedFact } from '../../graph/fragment.ts';
import type { Value } from '../../source/value.ts';
import { type Annotation, annotationsOf } from './field.ts';

/** How sure it is that somebody scrapes what asks for it. */
const WEIGHT = 0.95;

/** The annotation that switches scraping on, and the port it names. Prefixes other than `prometheus.io` are in use. */
function asked(metadata: Value | undefined): { readonly on: Annotation; readonly port?: Annotation } | undefined {
  const annotations = annotationsOf(metadata);
  for (const on of annotations.values()) {
    if (!on.key.endsWith('/scrape') || !on.key.includes('prometheus') || on.text !== 'true') continue;
    const port = annotations.get(`${on.key.slice(0, -'scrape'.length)}port`);
    return port ? { on, port } : { on };
  }
  return undefined;
}

/** The need that annotations ask for; `ports` are what is scraped where they name no port. */
export function scrapeNeeds(
  metadata: Value | undefined,
  to: NeedFact['to'],
  ports: readonly (number | string)[],
): readonly NeedFact[] {
  const request = asked(metadata);
  if (!request) return [];
  const { on, port } = request;
  const named = port && (/^\d{1,5}$/.test(port.text) ? Number(port.text) : port.text);
  const wanted = named !== undefined ? [named] : ports.length > 0 ? ports : [null];
  return wanted.map((one) => ({
    from: { kind: 'platform' },
    to,
    port: one,
    protocol: 'tcp',
    kind: 'scrape',
    weight: WEIGHT,
    origin: (port ?? on).origin,
  }));
}
