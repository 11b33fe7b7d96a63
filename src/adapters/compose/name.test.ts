import { describe, expect, test } from 'vitest';
import type { WorkloadFact } from '../../graph/fragment.ts';
import { facts } from './facts.fixture.ts';

const names = (workload: WorkloadFact) =>
  workload.names.map(({ name, within, only }) => [name, within, only ?? ''].join(' ').trim());

describe('names', () => {
  test('service, container and host name and aliases, in lower case, on each network', () => {
    const { workload } = facts(`
services:
  cart:
    image: cart
    container_name: Shop-Cart
    hostname: carts
    networks: { a: { aliases: [basket] }, b: }
networks: { a: , b: }
`);
    expect(names(workload('cart'))).toEqual([
      'cart docker-network:shop_a',
      'shop-cart docker-network:shop_a',
      'carts docker-network:shop_a',
      'basket docker-network:shop_a',
      'cart docker-network:shop_b',
      'shop-cart docker-network:shop_b',
      'carts docker-network:shop_b',
    ]);
  });

  test('the alias of a link is known to its client alone', () => {
    const fragment = facts(`
services:
  web: { image: web, links: ["db:database", cache] }
  db: { image: db }
  cache: { image: cache }
`);
    expect(names(fragment.workload('db'))).toEqual([
      'db docker-network:shop_default',
      'database docker-network:shop_default web',
    ]);
    expect(names(fragment.workload('cache'))).toEqual(['cache docker-network:shop_default']);
  });
});
