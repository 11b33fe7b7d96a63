/** The difference of two graphs as a plain value. */
import { type Exposure, type Listener, SCOPES } from '../vocabulary.ts';

/** What became of a way in: a listener, the gateway that leads to it, and the port outside. */
export interface ExposureChange {
  readonly kind: 'added' | 'widened' | 'narrowed' | 'removed';
  /** Its widest exposure before; null where there was none. */
  readonly before: Exposure | null;
  /** Its widest exposure after; null where there is none. */
  readonly after: Exposure | null;
  /** The widest that is sure after; null where none is. */
  readonly surely: Exposure | null;
  /** What is wider or narrower, each as words: `from the local network to the internet`. Empty for what came or went. */
  readonly what: readonly string[];
}

/** A port that is listened on in one of the two only. */
export interface PortChange {
  readonly kind: 'appeared' | 'gone';
  readonly listener: Listener;
}

/** What changed from one graph to another. */
export interface GraphDifference {
  /** Added, widened, narrowed, removed; each from the widest scope to the narrowest. */
  readonly exposures: readonly ExposureChange[];
  readonly ports: readonly PortChange[];
}

/** Whether it is about neighbours alone, before and after: nobody gets in who is not in the same network. */
export function isInside({ before, after }: ExposureChange): boolean {
  const far = SCOPES.indexOf('segment');
  return [before, after].every((one) => one === null || SCOPES.indexOf(one.scope) >= far);
}

/** The exposure that a change is told by: what is there now, else what was. */
export function shownOf({ before, after }: ExposureChange): Exposure {
  return (after ?? before) as Exposure;
}

/** How far it is reached: `internet`, `perhaps internet, surely network`. */
export function scopeText({ scope, verdict }: Exposure, surely: Exposure | null): string {
  if (verdict === 'reachable') return scope;
  return surely === null ? `perhaps ${scope}` : `perhaps ${scope}, surely ${surely.scope}`;
}
