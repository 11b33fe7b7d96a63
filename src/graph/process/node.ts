/** The inspector of Node.js, a debugger without a login (https://nodejs.org/en/learn/getting-started/debugging). */
import type { ProcessListener } from '../running.ts';
import { isOwnAddress, parseAddress } from './address.ts';
import type { Invocation } from './invocation.ts';
import type { Argument } from './shell.ts';

const DEFAULT_PORT = 9229;

/** Programs that take `--inspect` for themselves or hand it to node. */
const RUNNERS: ReadonlySet<string> = new Set(
  'node nodejs nodemon ts-node ts-node-dev ts-node-esm tsnd tsx babel-node vite-node nest electron mocha jest deno'.split(
    ' ',
  ),
);

/** Programs that are no Node.js by their name, but start it. */
const STARTERS: ReadonlySet<string> = new Set(
  'npm npx yarn pnpm next nuxt vite ng react-scripts pm2 pm2-runtime'.split(' '),
);

/** The inspectors that a program's own flags open, and those that NODE_OPTIONS opens in it. */
export function nodeInspectors(invocation: Invocation): readonly ProcessListener[] {
  const { program } = invocation;
  const runner = program !== null && RUNNERS.has(program);
  const own = runner ? inspectors(invocation.arguments) : [];
  const options = invocation.environment('NODE_OPTIONS');
  if (typeof options?.value !== 'string' || !(program === null || runner || STARTERS.has(program))) return own;
  const { value, origin } = options;
  return [...own, ...inspectors(value.split(/\s+/, 200).map((text) => ({ text, origin })))];
}

/** `--inspect`, `--inspect=9230`, `--inspect-brk=0.0.0.0`, `--inspect-wait=0.0.0.0:9230`: loopback where no host is named. */
function inspectors(words: readonly Argument[]): readonly ProcessListener[] {
  const moved = words.map(({ text }) => /^--(?:inspect|debug)-port=(.*)$/.exec(text ?? '')?.[1] ?? '');
  const usual = moved.map(parseAddress).find((address) => address?.port)?.port ?? DEFAULT_PORT;
  return words.flatMap(({ text, origin }): readonly ProcessListener[] => {
    const found = /^--inspect(?:-brk|-wait)?(?:=(.*))?$/.exec(text ?? '');
    if (found === null || /(?:^|:)0$/.test(found[1] ?? '')) return [];
    const address = parseAddress(found[1] ?? '');
    const host = address?.host ?? '127.0.0.1';
    const port = address?.port ?? usual;
    return [
      {
        ports: { from: port, to: port },
        protocol: 'tcp',
        bind: isOwnAddress(host) ? host : null,
        evidence: 'coded',
        flag: 'debug',
        program: 'Node.js inspector',
        authentication: 'none',
        origin,
      },
    ];
  });
}
