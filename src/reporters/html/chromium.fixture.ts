/**
 * As much of a browser as tests of the page need: headless Chromium, spoken to in its DevTools protocol over a pair of
 * pipes (file descriptors 3 and 4, messages of JSON that end with a NUL), which takes no library and opens no port.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

const PROGRAM = 'chromium';

/** Whether there is one on this machine. */
export function hasChromium(): boolean {
  return spawnSync(PROGRAM, ['--version']).status === 0;
}

type Parameters = Readonly<Record<string, unknown>>;
interface Message {
  readonly id?: number;
  readonly method?: string;
  // biome-ignore lint/suspicious/noExplicitAny: what the protocol answers is as its caller knows it.
  readonly params?: any;
  // biome-ignore lint/suspicious/noExplicitAny: what the protocol answers is as its caller knows it.
  readonly result?: any;
  readonly error?: { readonly message: string };
}

export interface Page {
  /** Exceptions, errors on the console, and what the page's own policy refused. */
  readonly problems: string[];
  /** Everything that was asked for, by address. */
  readonly requests: string[];
  /** What an expression is worth in the page. */
  evaluate<T>(expression: string): Promise<T>;
  goto(url: string): Promise<void>;
  /** A click in the middle of the first element that the selector finds. */
  click(selector: string): Promise<void>;
  /** A key by its name (`Enter`, `Escape`, `/`). */
  press(key: string): Promise<void>;
  type(text: string): Promise<void>;
  wheel(selector: string, deltaY: number, control: boolean): Promise<void>;
  /** A PNG of what can be seen. */
  screenshot(): Promise<Buffer>;
}

export interface Browser {
  open(url: string): Promise<Page>;
  close(): Promise<void>;
}

/** Starts a browser with a profile of its own, which goes when it is closed. */
export function startChromium(width = 1280, height = 900): Browser {
  const profile = mkdtempSync(join(tmpdir(), 'portolan-chromium-'));
  const child = spawn(
    PROGRAM,
    [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--no-first-run',
      '--remote-debugging-pipe',
      `--user-data-dir=${profile}`,
      `--window-size=${width},${height}`,
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  );
  const { send, listen } = connection(child);
  return {
    async open(url) {
      const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
      const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
      const page = pageOf((method, params) => send(method, params, sessionId), listen(sessionId));
      for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await send(`${domain}.enable`, {}, sessionId);
      // What moves cannot be clicked with certainty.
      const features = [{ name: 'prefers-reduced-motion', value: 'reduce' }];
      await send('Emulation.setEmulatedMedia', { features }, sessionId);
      await page.goto(url);
      return page;
    },
    async close() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      await send('Browser.close', {});
      await gone;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

type Send = (method: string, params: Parameters, session?: string) => Promise<Message['result']>;
type Handler = (method: string, params: Message['params']) => void;

function connection(child: ChildProcess): { send: Send; listen: (session: string) => (handler: Handler) => void } {
  const [, , , input, output] = child.stdio as unknown as [null, null, null, Writable, Readable];
  const waiting = new Map<number, { done: (result: unknown) => void; failed: (error: Error) => void }>();
  const handlers = new Map<string, Handler[]>();
  let count = 0;
  let rest = '';
  output.setEncoding('utf8');
  output.on('data', (chunk: string) => {
    const messages = (rest + chunk).split('\0');
    rest = messages.pop() as string;
    for (const text of messages) {
      const message = JSON.parse(text) as Message & { readonly sessionId?: string };
      const asked = waiting.get(message.id ?? -1);
      if (message.error) asked?.failed(new Error(message.error.message));
      else asked?.done(message.result);
      for (const handler of handlers.get(message.sessionId ?? '') ?? []) handler(message.method ?? '', message.params);
    }
  });
  child.once('exit', () => {
    for (const { failed } of waiting.values()) failed(new Error('the browser is gone'));
  });
  return {
    send: (method, params, sessionId) =>
      new Promise((done, failed) => {
        const id = ++count;
        waiting.set(id, { done, failed });
        input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
      }),
    listen: (session) => (handler) => {
      handlers.set(session, [...(handlers.get(session) ?? []), handler]);
    },
  };
}

function pageOf(send: Send, listen: (handler: Handler) => void): Page {
  const problems: string[] = [];
  const requests: string[] = [];
  let loaded = () => {};
  listen((method, params) => {
    if (method === 'Runtime.exceptionThrown')
      problems.push(params.exceptionDetails.exception?.description ?? 'exception');
    if (method === 'Runtime.consoleAPICalled') problems.push(`console: ${params.args[0]?.value}`);
    if (method === 'Log.entryAdded') problems.push(`${params.entry.source}: ${params.entry.text}`);
    if (method === 'Network.requestWillBeSent') requests.push(params.request.url);
    if (method === 'Page.loadEventFired') loaded();
  });
  const evaluate: Page['evaluate'] = async (expression) => {
    const { result, exceptionDetails } = await send('Runtime.evaluate', {
      expression,
      returnByValue: true,
      awaitPromise: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  const middleOf = (selector: string): Promise<{ x: number; y: number }> =>
    evaluate(`(() => {
      const element = document.querySelector(${JSON.stringify(selector)});
      element.scrollIntoView({ block: 'center', inline: 'center' });
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    })()`);
  return {
    problems,
    requests,
    evaluate,
    async goto(url) {
      const load = new Promise<void>((resolve) => {
        loaded = resolve;
      });
      await send('Page.navigate', { url });
      await load;
    },
    async click(selector) {
      const place = await middleOf(selector);
      const button = { ...place, button: 'left', clickCount: 1 };
      await send('Input.dispatchMouseEvent', { type: 'mouseMoved', ...place });
      await send('Input.dispatchMouseEvent', { type: 'mousePressed', ...button });
      await send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...button });
      await evaluate('new Promise((done) => setTimeout(done, 20))');
    },
    async press(key) {
      const text = key === 'Enter' ? '\r' : key.length === 1 ? key : undefined;
      const code = { Enter: 13, Escape: 27, Tab: 9 }[key] ?? key.charCodeAt(0);
      const event = { key, text, windowsVirtualKeyCode: code };
      await send('Input.dispatchKeyEvent', { type: text ? 'keyDown' : 'rawKeyDown', ...event });
      await send('Input.dispatchKeyEvent', { type: 'keyUp', ...event, text: undefined });
      await evaluate('new Promise((done) => setTimeout(done, 20))');
    },
    async type(text) {
      await send('Input.insertText', { text });
    },
    async wheel(selector, deltaY, control) {
      const place = await middleOf(selector);
      const modifiers = control ? 2 : 0;
      await send('Input.dispatchMouseEvent', { type: 'mouseWheel', ...place, deltaX: 0, deltaY, modifiers });
    },
    async screenshot() {
      const { data } = await send('Page.captureScreenshot', { format: 'png' });
      return Buffer.from(data, 'base64');
    },
  };
}
