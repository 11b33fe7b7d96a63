import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressesIn } from './address.ts';

/** `scheme host:port`, as far as written. */
function shown(text: string): readonly string[] {
  return addressesIn(text).map(
    ({ scheme, host, port }) => `${scheme === null ? '' : `${scheme} `}${host}${port === null ? '' : `:${port}`}`,
  );
}

describe('addressesIn', () => {
  it.each([
    ['http://web:8080/', ['http web:8080']],
    ['http://web', ['http web']],
    ['HTTPS://Web.Shop.SVC.cluster.local.:8443/x?y=1', ['https web.shop.svc.cluster.local:8443']],
    ['postgres://user:pa%20ss@db:5432/shop?sslmode=disable', ['postgres db:5432']],
    ['postgresql+asyncpg://u:p@db/shop', ['postgresql+asyncpg db']],
    ['redis://:secret@cache:6379/0', ['redis cache:6379']],
    ['amqp://guest:1234@rabbit:5672', ['amqp rabbit:5672']],
    ['postgres://u:${PASSWORD}@db:5432/x', ['postgres db:5432']],
    ['jdbc:mysql://db:3306/shop', ['mysql db:3306']],
    ['jdbc:sqlserver://db:1433;databaseName=x;encrypt=false', ['sqlserver db:1433']],
    ['jdbc:oracle:thin:@db:1521:xe', ['db:1521']],
    ['jdbc:oracle:thin:@//db:1521/xe', ['db:1521']],
    ['mongodb://a:27017,b:27018,c/shop?replicaSet=rs', ['mongodb a:27017', 'mongodb b:27018', 'mongodb c']],
    ['mongodb+srv://u:p@cluster0.example.net/shop', ['mongodb+srv cluster0.example.net']],
    ['kafka-0.kafka:9092,kafka-1.kafka:9092', ['kafka-0.kafka:9092', 'kafka-1.kafka:9092']],
    ['nats://a:4222,nats://b:4222', ['nats a:4222', 'nats b:4222']],
    ['http://a:9200, http://b:9200', ['http a:9200', 'http b:9200']],
    ['root:secret@tcp(db:3306)/shop?parseTime=true', ['db:3306']],
    ['1@kafka1:9093,2@kafka2:9093', ['kafka1:9093', 'kafka2:9093']],
    ['redis:6379/0', ['redis:6379']],
    ['--redis=redis:6379', ['redis:6379']],
    ['dockerize -wait tcp://db:5432 -wait http://web/health', ['tcp db:5432', 'http web']],
    ['dns:///checkout:5050', ['checkout:5050']],
    ['[::1]:8080 and http://[fe80::1]:80/', ['::1:8080', 'http fe80::1:80']],
    ['10.0.0.5:5432', ['10.0.0.5:5432']],
    ['targets: ["app:8080", \'db-exporter:9187\']', ['app:8080', 'db-exporter:9187']],
    ['proxy_pass http://app:3000; server backend:8080;', ['http app:3000', 'backend:8080']],
    ['wait for db:5432.', ['db:5432']],
    ['http://proxy:80/?next=http://web:81/', ['http proxy:80', 'http web:81']],
    ['my_service:8080', ['my_service:8080']],
  ])('finds all in %s', (text, addresses) => {
    expect(shown(text)).toEqual(addresses);
  });

  it.each([
    '2024-01-01T10:20:30Z',
    '8080:80',
    '127.0.0.1:8000-8010:80',
    'user:1234@',
    'http://$HOST:8080/',
    'http://${HOST}:8080/',
    'http://web-$N:80/',
    'http://web:$PORT/',
    '${PREFIX}db:5432',
    'db:0',
    'db:65536',
    'db:99999999',
    'db:80abc',
    'unix:///var/run/docker.sock',
    'file:///etc/hosts',
    '://web:80',
    'http://',
    'a..b:80',
    '-a:80',
    '1.2.3:80',
    '256.1.1.1:80',
    'aa:bb:cc:11:22',
    '',
  ])('finds none in %s', (text) => {
    expect(shown(text)).toEqual([]);
  });

  it('points at host and port, never at credentials', () => {
    const text = 'URL=postgres://user:secret@DB:5432/x and cache:6379';
    expect(addressesIn(text).map(({ start, end }) => text.slice(start, end))).toEqual(['DB:5432', 'cache:6379']);
  });

  it('keeps what follows a URL and says how to speak to it', () => {
    const options = addressesIn('postgres://db/x?sslmode=disable jdbc:sqlserver://h:1433;encrypt=false').map(
      (a) => a.options,
    );
    expect(options).toEqual(['/x?sslmode=disable', ';encrypt=false']);
  });

  const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/);
  const host = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'));
  const port = fc.integer({ min: 1, max: 65535 });
  const scheme = fc.constantFrom('http', 'https', 'redis', 'amqp', 'postgresql', 'mongodb+srv');
  const noise = fc.string({ unit: fc.constantFrom(...' \n\t,;|"\'()<>='), maxLength: 20 }).map((text) => ` ${text} `);

  it('finds every address that stands in noise, and only those', () => {
    const address = fc.tuple(fc.option(scheme), host, port);
    fc.assert(
      fc.property(fc.array(fc.tuple(noise, address), { maxLength: 20 }), (parts) => {
        const text = parts.map(([before, [s, h, p]]) => `${before}${s === null ? '' : `${s}://`}${h}:${p}`).join('');
        expect(shown(text)).toEqual(parts.map(([, [s, h, p]]) => `${s === null ? '' : `${s} `}${h}:${p}`));
      }),
    );
  });

  it('is total, keeps its offsets inside, in order and apart', () => {
    const hostile = fc.string({
      unit: fc.constantFrom(...'ab1:/.@,[]$%{-_; "', '://', 'http://', ':80'),
      maxLength: 200,
    });
    fc.assert(
      fc.property(fc.oneof(fc.string(), hostile), (text) => {
        let last = 0;
        for (const { start, end, host: name } of addressesIn(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(text.slice(start, end).toLowerCase()).toContain(name);
          last = end;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('looks at every character a bounded number of times', () => {
    for (const unit of ['a:', 'http://', 'a://', ':80', '[::', 'a.', 'a:1,', '@', 'http://a/', 'a,', 'x://a@']) {
      const text = unit.repeat(Math.ceil(200_000 / unit.length));
      expect(addressesIn(text).length).toBeLessThanOrEqual(text.length);
    }
  });
});
