/**
 * Comments that suppress findings: our own (`portolan:ignore rule-a, rule-b until=2026-12-31 by=team -- reason`), and
 * those of other tools, which name checks that our rules subsume. Their annotations arrive as comments of `key: value`.
 */
import type { Comment } from '../source/comment.ts';
import { type Notice, notice } from '../source/notice.ts';
import type { Result } from '../source/result.ts';
import type { Span } from '../source/span.ts';

/** What one comment asks for. */
export interface Suppression {
  /** Whose comment it is: `portolan`, or the name that rules use for the peer in their `equivalents`. */
  readonly tool: string;
  /** Rule ids of ours, check ids of a peer; empty for all checks of the peer. */
  readonly ids: readonly string[];
  readonly reason: string;
  readonly until: string | null;
  /** The first moment after its end, in milliseconds since 1970; null where it has none. */
  readonly endsAt: number | null;
  readonly by: string | null;
  readonly origin: Comment['origin'];
  readonly covers: Span;
}

const OWN = /^portolan:ignore(?=\s|$)/;

/** How the comments of other tools look: what follows is the list of checks, then a reason if there is any. */
const PEERS: readonly { readonly tool: string; readonly pattern: RegExp }[] = [
  { tool: 'checkov', pattern: /^checkov:skip=([\w,-]+)(?::\s*(.*))?$/ },
  // Its checks go with and without the name of its database.
  { tool: 'trivy', pattern: /^(?:trivy|tfsec):ignore:(?:AVD-|avd-)?([\w-]+)()/ },
  { tool: 'kics', pattern: /^kics-scan ignore-(?:line|block)()()$/ },
  { tool: 'kube-linter', pattern: /^ignore-check\.kube-linter\.io\/([\w-]+):\s*(.*)$/ },
  { tool: 'hadolint', pattern: /^hadolint (?:global )?ignore=([\w,]+)()/ },
  { tool: 'terrascan', pattern: /^ts:skip=([\w.-]+)\s*(.*)$/ },
];

/** Of these a comment anywhere in a resource is for all of it. */
const WHOLE_BLOCKS: ReadonlySet<string> = new Set(['checkov', 'terrascan']);

const ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const DAY = 86_400_000;

/** Whether a file's text may hold such a comment, so that its comments are worth looking for. */
export function mentionsSuppression(text: string, peers: boolean): boolean {
  if (text.includes('portolan:ignore')) return true;
  return peers && /checkov:skip=|(?:trivy|tfsec):ignore:|kics-scan ignore-|hadolint |ts:skip=/.test(text);
}

/** The suppressions among comments. One that is not as it has to be is a notice, and hides nothing. */
export function readSuppressions(
  comments: Iterable<Comment>,
  options: { readonly peers: boolean; readonly requireExpiry: boolean },
): Result<readonly Suppression[]> {
  const value: Suppression[] = [];
  const notices: Notice[] = [];
  for (const comment of comments) {
    const own = OWN.exec(comment.text);
    const read = own ? readOwn(comment, comment.text.slice(own[0].length), options.requireExpiry) : readPeer(comment);
    if (typeof read === 'string') notices.push(notice('suppression-invalid', read, comment.origin));
    else if (read && (own || options.peers)) value.push(read);
  }
  return { value, notices };
}

/** The suppression, or the sentence that says why it is none. */
function readOwn({ origin, covers }: Comment, text: string, requireExpiry: boolean): Suppression | string {
  const dashes = /(?:^|\s)--(?:\s|$)/.exec(text);
  const reason = dashes ? text.slice(dashes.index + dashes[0].length).trim() : '';
  const words = (dashes ? text.slice(0, dashes.index) : text).split(/[\s,]+/).filter((word) => word !== '');
  const ids = words.filter((word) => !word.includes('='));
  const settings = new Map<string, string>();
  for (const word of words.filter((one) => one.includes('='))) {
    const [key = '', ...rest] = word.split('=');
    if (key !== 'until' && key !== 'by')
      return `This suppression has no effect: it knows no "${key}", only "until" and "by".`;
    settings.set(key, rest.join('='));
  }
  const bad = ids.find((id) => !ID.test(id));
  if (bad !== undefined) return `This suppression has no effect: "${bad}" is no rule id.`;
  if (ids.length === 0)
    return 'This suppression has no effect: name the rules that it is for, as in "portolan:ignore rule-id -- reason".';
  if (reason === '')
    return 'This suppression has no effect without a reason: write it behind two dashes, as in "portolan:ignore rule-id -- reason".';
  const until = settings.get('until') ?? null;
  const endsAt = until === null ? null : endOf(until);
  if (endsAt === undefined) return `This suppression has no effect: "${until}" is no date such as 2026-12-31.`;
  if (until === null && requireExpiry)
    return 'This suppression has no effect: the policy asks for an end, as in "until=2026-12-31".';
  return { tool: 'portolan', ids, reason, until, endsAt, by: settings.get('by') ?? null, origin, covers };
}

function readPeer({ text, origin, covers, within }: Comment): Suppression | undefined {
  for (const { tool, pattern } of PEERS) {
    const match = pattern.exec(text);
    if (!match) continue;
    const ids = (match[1] ?? '').split(',').filter((id) => id !== '');
    const reason = match[2]?.trim() || `suppressed for ${tool}`;
    const reach = WHOLE_BLOCKS.has(tool) ? (within ?? covers) : covers;
    return { tool, ids, reason, until: null, endsAt: null, by: null, origin, covers: reach };
  }
  return undefined;
}

/** The end of a day in UTC, or a moment (RFC 3339), as milliseconds since 1970; undefined for anything else. */
function endOf(until: string): number | undefined {
  const day = /^\d{4}-\d\d-\d\d$/.test(until);
  if (!day && !/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)$/i.test(until)) return undefined;
  const start = Date.parse(day ? `${until}T00:00:00Z` : until);
  const real = !Number.isNaN(start) && (!day || new Date(start).toISOString().startsWith(until));
  return real ? start + (day ? DAY : 0) : undefined;
}
