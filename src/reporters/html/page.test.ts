import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { pageOf, SHOP, services } from './page.fixture.ts';

/** The page without the texts of its script and its style sheet, which are ours. */
function markupOf(page: string): string {
  return page.replace(/<style>[\s\S]*?<\/style>/, '').replace(/<script>[\s\S]*?<\/script>/, '');
}

/** The tags of a page, which has to be nothing but tags and text. */
function tagsOf(page: string): readonly { readonly name: string; readonly attributes: readonly string[] }[] {
  const markup = markupOf(page);
  const tag = /<\/?([a-zA-Z!][a-zA-Z0-9]*)((?:\s+[\w:-]+(?:="[^"<>]*")?)*)\s*\/?>/g;
  expect(markup.replaceAll(tag, '')).not.toMatch(/[<>]/);
  return [...markup.matchAll(tag)].map(([, name = '', attributes = '']) => ({
    name,
    attributes: attributes.match(/[\w:-]+(?:="[^"]*")?/g) ?? [],
  }));
}

function textOf(page: string): string {
  return markupOf(page)
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');
}

describe('the page', () => {
  test('tells who gets to a listener, by which way, and who needs it', async () => {
    const page = await pageOf(SHOP);
    const [, panel = ''] = /(<article[^>]*aria-label="db 5432\/tcp"[\s\S]*?)<\/article>/.exec(page) ?? [];
    const text = textOf(panel);
    expect(text).toContain('published port 5432:5432 compose.yaml:12:9');
    expect(text).toContain('high data-store-exposed PostgreSQL (5432/tcp) on db is reachable');
    expect(text).toContain('web environment compose.yaml:8:7');
    expect(text).toContain('worker environment compose.yaml:16:7');
  });

  test('draws the way from the internet to a listener', async () => {
    const page = await pageOf(SHOP);
    const [, map = ''] = /<svg class="map"[^>]*Port map of kubernetes[^>]*>([\s\S]*?)<\/svg>/.exec(page) ?? [];
    expect(textOf(map)).toContain('Reached from the internet');
    const x = (title: string) => Number(new RegExp(`translate\\((\\d+) \\d+\\)"><title>${title}`).exec(map)?.[1]);
    expect(x('ingress front')).toBeLessThan(x('service api'));
    expect(x('service api')).toBeLessThan(x('api'));
    expect(map.match(/<path class="wire"/g)).toHaveLength(3);
  });

  test('admits its own script and style sheet, and nothing else', async () => {
    const page = await pageOf(SHOP);
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    for (const element of ['style', 'script']) {
      const [, text = ''] = new RegExp(`<${element}>([\\s\\S]*?)</${element}>`).exec(page) ?? [];
      const hash = createHash('sha256').update(text).digest('base64');
      expect(policy).toContain(`${element}-src &#39;sha256-${hash}&#39;`);
    }
    expect(policy).toContain('default-src &#39;none&#39;');
    expect(page.match(/<(?:style|script)\b/g)).toHaveLength(2);
  });

  test('is the same every time', async () => {
    expect(await pageOf(SHOP)).toBe(await pageOf(SHOP));
  });

  test('has every link lead somewhere, and every id once', async () => {
    for (const files of [SHOP, services(310)]) {
      const page = await pageOf(files);
      const ids = [...markupOf(page).matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
      const links = new Set([...markupOf(page).matchAll(/\shref="([^"]*)"/g)].map(([, href]) => href as string));
      expect([...links].filter((href) => href !== '#-' && !ids.includes(href.slice(1)))).toEqual([]);
    }
  });

  test('says so where nothing listens, and where nothing was judged', async () => {
    const empty = textOf(await pageOf({}));
    expect(empty).toContain('Nothing runs here');
    expect(empty).toContain('Nothing listens.');
    expect(empty).toContain('Nothing found.');
    const graph = textOf(await pageOf(SHOP, false));
    expect(graph).toContain('Not judged');
    expect(graph).not.toContain('Severity');
  });

  test('draws many workloads by groups, and lists them all', async () => {
    const few = await pageOf(services(300));
    const many = await pageOf(services(301));
    expect(few.match(/class="box[^>]*data-node/g)).toHaveLength(300);
    expect(many.match(/class="box[^>]*data-node/g)).toHaveLength(2);
    expect(many.match(/<tr [^>]*data-reach/g)).toHaveLength(301);
    expect(textOf(many)).toContain('31 of them');
  });
});

const HOSTILE = [
  `</script><img src=x onerror=alert(1)>`,
  `"><svg onload=alert(1)>`,
  `' onmouseover=alert(1) x='`,
  `</title></style><script>alert(1)</script>`,
  `<!--`,
  `]]>&lt;b&gt;`,
  `javascript:alert(1)`,
  'bidi\u202egnp.exe\u2066\u0000\u001b[31m',
  '\ud800 alone',
];

describe('names of the scanned tree', () => {
  test('are never more than text', async () => {
    const text = HOSTILE.map((name, index) => {
      const key = JSON.stringify(name);
      const image = JSON.stringify(`redis:7${name}`);
      return `  ${key}:\n    image: ${image}\n    container_name: ${key}\n    ports: ["${7000 + index}:6379"]\n    networks: [${key}]\n    environment: { URL: ${JSON.stringify(`redis://${HOSTILE[0]}:6379`)} }\n`;
    });
    const networks = HOSTILE.map((name) => `  ${JSON.stringify(name)}: {}\n`);
    const file = `services:\n${text.join('')}networks:\n${networks.join('')}`;
    const page = await pageOf({
      'compose.yaml': file,
      [`${HOSTILE[0]?.replaceAll('/', '')}/compose.yaml`]: SHOP['compose.yaml'] as string,
      '<b>.yaml': 'kind: [',
    });
    const plain = new Set(tagsOf(await pageOf(SHOP)).map(({ name }) => name));
    const tags = tagsOf(page);
    expect([...new Set(tags.map(({ name }) => name))].filter((name) => !plain.has(name))).toEqual([]);
    const attributes = tags.flatMap((tag) => tag.attributes);
    expect(attributes.filter((one) => /^(on|style=|src=|srcdoc=|formaction=)/i.test(one))).toEqual([]);
    expect(attributes.filter((one) => /^(xlink:)?href=/.test(one) && !/^href="#[\w.-]+"$/.test(one))).toEqual([]);
    expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e\u2066-\u2069]/);
    expect(page).toContain('&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;');
    expect(page).not.toContain('/tmp');
  });
});
