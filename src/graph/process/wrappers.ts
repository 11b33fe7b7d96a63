/** Programs that start another one: where in their words it is. */
import type { Argument } from './shell.ts';

/** Flags that take the next word for their value, and words to pass over before the program. */
interface Wrapper {
  readonly valued?: string;
  readonly skip?: number;
  /** The program stands behind `--` and nowhere else. */
  readonly dashes?: true;
  /** The first word has to be one of these. */
  readonly verbs?: string;
}

const PLAIN: Wrapper = {};
const RUN: Wrapper = { verbs: 'run exec', skip: 1, valued: '--with --python --project --directory --env-file --group' };
const PACKAGE: Wrapper = { verbs: 'exec dlx x', skip: 1, valued: '--package -p' };
const WAIT: Wrapper = { dashes: true };

const WRAPPERS: ReadonlyMap<string, Wrapper> = new Map(
  Object.entries({
    exec: { valued: '-a' },
    command: PLAIN,
    nohup: PLAIN,
    setsid: PLAIN,
    eval: PLAIN,
    sudo: { valued: '-u -g -h -p -C -D -R -T' },
    doas: { valued: '-u -C' },
    nice: { valued: '-n' },
    ionice: { valued: '-c -n' },
    stdbuf: { valued: '-i -o -e' },
    time: PLAIN,
    timeout: { skip: 1, valued: '-k -s' },
    env: { valued: '-u -C' },
    tini: { valued: '-p -e' },
    'tini-static': { valued: '-p -e' },
    'docker-init': PLAIN,
    'dumb-init': { valued: '-r --rewrite' },
    catatonit: PLAIN,
    pid1: PLAIN,
    'with-contenv': PLAIN,
    gosu: { skip: 1 },
    'su-exec': { skip: 1 },
    setuidgid: { skip: 1 },
    's6-setuidgid': { skip: 1 },
    setpriv: { valued: '--reuid --regid --groups' },
    'xvfb-run': { valued: '-n -s -e -f' },
    'ddtrace-run': PLAIN,
    'opentelemetry-instrument': {
      valued: '--traces_exporter --metrics_exporter --service_name --exporter_otlp_endpoint',
    },
    'newrelic-admin': { skip: 1 },
    npx: { valued: '-p --package -c --call' },
    bunx: PLAIN,
    pnpx: PLAIN,
    npm: PACKAGE,
    yarn: PACKAGE,
    pnpm: PACKAGE,
    poetry: RUN,
    pipenv: RUN,
    pdm: RUN,
    uv: RUN,
    uvx: PLAIN,
    hatch: RUN,
    rye: RUN,
    doppler: { dashes: true },
    'aws-vault': { dashes: true },
    bundle: { verbs: 'exec', skip: 1 },
    foreman: PLAIN,
    watchmedo: { verbs: 'auto-restart', dashes: true },
    'wait-for-it': WAIT,
    'wait-for-it.sh': WAIT,
    'wait-for': WAIT,
    'wait-for.sh': WAIT,
    wait4ports: WAIT,
    dockerize: {
      valued: '-wait -timeout -wait-retry-interval -template -stdout -stderr -env -delims -wait-http-header',
    },
    xargs: { valued: '-n -I -P -L' },
  } satisfies Record<string, Wrapper>),
);

/**
 * The index in `words` of the program that the first of them starts; -1 where it starts none that we know of. `name` is
 * what the first word's program is called. A script that is called an entrypoint is taken to start what follows it.
 */
export function wrappedProgram(name: string, words: readonly Argument[]): number {
  const wrapper = WRAPPERS.get(name) ?? (isScript(name) ? PLAIN : undefined);
  if (wrapper === undefined) return -1;
  const dashes = words.findIndex((word) => word.text === '--');
  if (wrapper.verbs && !wrapper.verbs.split(' ').includes(words[1]?.text ?? '')) return -1;
  if (wrapper.dashes || dashes > 0) return dashes === -1 ? -1 : inWords(dashes + 1, words);
  const valued = new Set(wrapper.valued?.split(' '));
  let skip = wrapper.skip ?? 0;
  for (let i = 1; i < words.length; i++) {
    const text = words[i]?.text;
    if (text === null || text === undefined) return -1;
    if (valued.has(text)) i++;
    else if (text.startsWith('-') || (name === 'env' && text.includes('='))) continue;
    else if (skip-- === 0) return i;
  }
  return -1;
}

/** Whether a file is a script of the image, by what it is called: what it does the code does not show. */
export function isScript(name: string): boolean {
  return /entrypoint|\.(?:sh|bash)$/i.test(name);
}

function inWords(index: number, words: readonly Argument[]): number {
  return index < words.length ? index : -1;
}

const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'ash', 'dash', 'zsh', 'ksh', 'busybox']);

/** What a shell is told to run: the index of a script in its words (`-c`), or of the name of a script's file; or -1. */
export function shellScript(
  name: string,
  words: readonly Argument[],
): { readonly at: number; readonly inline: boolean } {
  if (!SHELLS.has(name)) return { at: -1, inline: false };
  let inline = false;
  for (let i = 1; i < words.length; i++) {
    const text = words[i]?.text ?? '';
    if (name === 'busybox' && i === 1 && SHELLS.has(text)) continue;
    if (/^-[a-z]*c[a-z]*$/i.test(text)) inline = true;
    else if (text === '-o' || text === '+o') i++;
    else if (!/^[-+]/.test(text)) return { at: i, inline };
  }
  return { at: -1, inline };
}

/** Flags of interpreters that take the next word for their value. */
const INTERPRETERS: ReadonlyMap<string, string> = new Map([
  ['python', '-W -X'],
  ['node', '-r --require --import --loader --experimental-loader --env-file -C --conditions --max-old-space-size'],
  ['ruby', '-r -I -C'],
  ['perl', '-I -M'],
  ['php', '-d -c -S -t'],
  ['bun', '--cwd'],
  ['deno', '--config -c --import-map'],
  ['coverage', '--rcfile'],
  ['debugpy', '--listen --connect --log-to --pid'],
]);

/** Where an interpreter's words name what it runs: a module (`python -m`) or a script's file; -1 where they do not. */
export function interpretedProgram(name: string, words: readonly Argument[]): number {
  const family = name.replace(/^(python|ruby|php|node)(?:js)?[\d.]*$/, '$1');
  const valued = INTERPRETERS.get(family)?.split(' ');
  if (valued === undefined) return -1;
  const first = (family === 'bun' || family === 'deno' || family === 'coverage') && words[1]?.text === 'run' ? 2 : 1;
  for (let i = first; i < words.length; i++) {
    const text = words[i]?.text;
    if (text === null || text === undefined) return -1;
    if (text === '-m' && family !== 'node') return inWords(i + 1, words);
    if (valued.includes(text)) i++;
    else if (/^-[cep]$|^--(?:eval|print)$/.test(text)) return -1;
    else if (!text.startsWith('-')) return i;
  }
  return -1;
}
