/** The page in a browser. Skipped where there is no Chromium (.ci/run installs it). */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Browser, hasChromium, type Page, startChromium } from './chromium.fixture.ts';
import { pageOf, SHOP, services } from './page.fixture.ts';

describe.skipIf(!hasChromium())('in a browser, the page', () => {
  let folder: string;
  let browser: Browser;
  let url: string;
  let page: Page;
  const written = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return pathToFileURL(path).href;
  };
  const texts = (selector: string) =>
    page.evaluate<string[]>(
      `[...document.querySelectorAll(${JSON.stringify(selector)})].map((one) => one.textContent)`,
    );
  /** The names of the listeners that are not dimmed in the map, and of the rows that the inventory shows. */
  const shown = async () => ({
    map: await page.evaluate<number>(`document.querySelectorAll('.map a.row:not(.off)').length`),
    rows: await page.evaluate<string[]>(
      `[...document.querySelectorAll('.inventory tr[data-reach]:not([hidden]) a')].map((one) => one.textContent)`,
    ),
    status: (await texts('.toolbar output'))[0],
  });
  const choose = (name: string, value: string) =>
    page.evaluate(`(() => {
      const select = document.querySelector('select[name=${name}]');
      select.value = ${JSON.stringify(value)};
      select.dispatchEvent(new Event('input', { bubbles: true }));
    })()`);
  /** What the panel says; null where none is open. */
  const panel = () =>
    page.evaluate<string | null>(
      `[...document.querySelectorAll('.panel')].find((one) => one.checkVisibility())?.innerText.replaceAll(/\\s+/g, ' ') ?? null`,
    );

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portolan-page-'));
    url = written('page.html', await pageOf(SHOP));
    browser = startChromium();
    page = await browser.open(url);
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => page.evaluate(`location.hash = '-'; document.querySelector('button[type=reset]').click()`));

  test('opens without an error and without a request', async () => {
    expect(page.requests).toEqual([url]);
    expect(page.problems).toEqual([]);
    expect((await texts('.band-title')).join()).toContain('Reached from the internet');
    expect((await shown()).status).toBe('5 listeners');
    expect(await panel()).toBeNull();
  });

  test('is searched by name, port, file and rule', async () => {
    for (const [words, names] of [
      ['db', ['db']],
      ['worker', ['db']],
      ['5432/tcp', ['db']],
      ['deploy/api.yaml', ['api']],
      ['debug-port', ['web']],
      ['debug-port compose', ['web']],
      ['debug-port nothing', []],
    ] as const) {
      await page.press('/');
      await page.evaluate(`document.activeElement.select()`);
      await page.type(words);
      const { rows, map, status } = await shown();
      expect([words, [...new Set(rows)].sort()]).toEqual([words, names]);
      expect(map).toBe(rows.length);
      expect(status).toBe(`${rows.length} of 5 listeners`);
    }
  });

  test('is filtered by reach, role, environment and severity', async () => {
    await choose('role', 'data-store');
    expect((await shown()).rows).toEqual(['db']);
    await choose('role', '');
    await choose('environment', '1');
    expect((await shown()).rows).toEqual(['api']);
    expect(await page.evaluate(`document.querySelectorAll('.environment:not([hidden]) .map').length`)).toBe(1);
    await choose('environment', '');
    await choose('reach', 'segment');
    expect((await shown()).rows).toEqual(['cache', 'web']);
    await choose('reach', '');
    await choose('severity', '1');
    expect((await shown()).rows).toContain('db');
    expect((await shown()).rows).not.toContain('api');
    await page.click('button[type=reset]');
    expect((await shown()).status).toBe('5 listeners');
  });

  test('tells of a listener that is clicked, and shows the way to it', async () => {
    await page.click('a.row[aria-label^="db "]');
    const text = await panel();
    expect(text).toContain('published port 5432:5432 compose.yaml:12:9');
    expect(text).toContain('worker environment compose.yaml:16:7');
    expect(text).toContain('data-store-exposed');
    expect(await page.evaluate(`document.querySelectorAll('.wire.chosen').length`)).toBe(2);
    expect(await texts('.box.client .title')).toEqual(['web', 'worker']);
    expect(await page.evaluate(`document.querySelectorAll('.wire.need[data-drawn]').length`)).toBe(2);
    await page.press('Escape');
    expect(await panel()).toBeNull();
    expect(await page.evaluate(`document.querySelectorAll('.chosen, [data-drawn]').length`)).toBe(0);
  });

  test('does the same by keys alone, and gives the focus back', async () => {
    await page.evaluate(`document.querySelector('a.row[aria-label^="api "]').focus()`);
    await page.press('Enter');
    const text = await panel();
    expect(text).toMatch(/ingress front deploy\/api.yaml:\d+/);
    expect(await page.evaluate(`document.activeElement.className`)).toBe('panel');
    await page.press('Escape');
    expect(await page.evaluate(`document.activeElement.getAttribute('aria-label')`)).toContain('api 8080/tcp');
  });

  test('zooms by buttons, keys and wheel', async () => {
    const width = () => page.evaluate<number>(`document.querySelector('.map').getBoundingClientRect().width`);
    const before = await width();
    await page.click('.zoom button[value=in]');
    expect((await width()) / before).toBeCloseTo(1.25);
    await page.evaluate(`document.querySelector('.viewport').focus()`);
    await page.press('-');
    expect((await width()) / before).toBeCloseTo(1);
    await page.wheel('.viewport', -120, true);
    await expect.poll(width).toBeGreaterThan(before * 1.2);
    await page.press('0');
    expect(await width()).toBeCloseTo(before);
  });

  test('opens at the listener that its address names', async () => {
    const anchor = await page.evaluate<string>(`document.querySelector('.panel[aria-label^="web 9229"]').id`);
    await page.goto('about:blank');
    await page.goto(`${url}#${anchor}`);
    expect(await panel()).toContain('debug-port');
    await page.click('.panels > .close');
    expect(await panel()).toBeNull();
  });

  test('can be seen', async () => {
    const picture = await page.screenshot();
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
    expect(picture.length).toBeGreaterThan(20_000);
  });

  test('leads from a group to what is in it', async () => {
    const many = await browser.open(written('many.html', await pageOf(services(310))));
    page = many;
    expect(await texts('.map .aside')).toEqual(['31 workloads', '279 workloads']);
    await page.click('a.group');
    expect(await panel()).toContain('31 workloads with 31 listeners');
    await page.click('.panel:target td a');
    expect(await panel()).toContain('published port 10000:6379');
    expect(await page.evaluate(`document.querySelectorAll('a.group.chosen').length`)).toBe(1);
    expect(many.problems).toEqual([]);
  });

  test('would be caught at anything that its policy forbids', async () => {
    const broken = (await pageOf({})).replace('</main>', '<img src="http://127.0.0.1:9/"><p style="color:red"></main>');
    const caught = await browser.open(written('broken.html', broken));
    expect(caught.problems.filter((one) => one.includes('Content Security Policy'))).toHaveLength(2);
  });
});
