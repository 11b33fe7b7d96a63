import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectionStringsIn } from './connection-string.ts';

const shown = (text: string) =>
  connectionStringsIn(text).map(({ host, port }) => `${host}${port === null ? '' : `:${port}`}`);

describe('connectionStringsIn', () => {
  it.each([
    ['host=db port=5432 dbname=shop sslmode=disable', ['db:5432']],
    ["host='db' user=x", ['db']],
    ['host=a,b port=5432,5433 dbname=x', ['a:5432', 'b:5433']],
    ['Host=db;Port=5432;Username=x', ['db:5432']],
    ['Server=tcp:db,1433;Database=x;User Id=sa', ['db:1433']],
    ['Server=db\\SQLEXPRESS,1434;Database=x', ['db:1434']],
    ['Data Source=db.shop.svc;Initial Catalog=x', ['db.shop.svc']],
    ['Server=db:3306;Database=x', ['db:3306']],
    ['Server = Db ; Port = 3306 ;', ['db:3306']],
    ['a=1\nhost=db port=1\nhost=cache port=2', ['db:1', 'cache:2']],
  ])('reads %s', (text, hosts) => {
    expect(shown(text)).toEqual(hosts);
  });

  it.each([
    'host=db',
    'Server=(local);Database=x',
    'Server=.;Database=x',
    'Host=$HOST;Port=1',
    'host port 80',
    'a=b;c=d',
  ])('reads nothing in %s', (text) => {
    expect(shown(text)).toEqual([]);
  });

  it('points at the host and its port', () => {
    const text = 'x\nServer=tcp:DB,1433;Database=x';
    expect(connectionStringsIn(text).map(({ start, end }) => text.slice(start, end))).toEqual(['DB,1433']);
  });

  it('is total and keeps its offsets inside', () => {
    const unit = fc.constantFrom('host', 'server', 'port', '=', ';', ' ', 'db', ',', '1433', 'tcp:', '\\', '\n', "'");
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit, maxLength: 40 })), (text) => {
        for (const { start, end, host } of connectionStringsIn(text)) {
          expect(text.slice(start, end).toLowerCase()).toContain(host);
        }
      }),
    );
  });
});
