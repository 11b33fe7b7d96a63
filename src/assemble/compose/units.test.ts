import { describe, expect, test } from 'vitest';
import { at } from '../../source/value.ts';
import { assemble, codes, plain, service } from './assembled.fixture.ts';

describe('which files are deployed together', () => {
  const web = 'services: { web: { image: web } }';

  test('base and override are one unit, whichever of the two names each has', () => {
    const { ids, unit } = assemble({
      'shop/docker-compose.yml': web,
      'shop/compose.override.yaml': 'services: { web: { hostname: shop } }',
    });
    expect(ids).toEqual(['compose:shop']);
    expect(unit('compose:shop')).toMatchObject({ root: 'shop', variant: null, project: 'shop', swarm: false });
    expect(unit('compose:shop').files).toEqual(['shop/compose.override.yaml', 'shop/docker-compose.yml']);
    expect(plain(service(unit('compose:shop'), 'web'))).toEqual({ image: 'web', hostname: 'shop' });
  });

  test('an override of nothing but comments changes nothing', () => {
    const { ids, unit } = assemble({ 'compose.yaml': web, 'compose.override.yaml': '# ports: ["80:80"]' });
    expect(ids).toEqual(['compose:.']);
    expect(plain(at(unit('compose:.').model, 'services'))).toEqual({ web: { image: 'web' } });
  });

  test('a variant that is valid alone stands alone; any other goes over base and override', () => {
    const { ids, unit } = assemble({
      'docker-compose.yml': web,
      'docker-compose.override.yml': 'services: { web: { hostname: override } }',
      'docker-compose.images.yml': 'services: { web: { image: other } }',
      'docker-compose-load.yaml': 'services: { load: { image: load, networks: [back] } }',
      'compose.dev.yaml': 'services: { web: { ports: ["80:80"] } }',
    });
    expect(ids).toEqual(['compose:.', 'compose:.#dev', 'compose:.#images', 'compose:.#load']);
    expect(plain(service(unit('compose:.#images'), 'web'))).toEqual({ image: 'other' });
    expect(plain(service(unit('compose:.#dev'), 'web'))).toEqual({
      image: 'web',
      hostname: 'override',
      ports: ['80:80'],
    });
    expect(unit('compose:.#load').files).toEqual([
      'docker-compose-load.yaml',
      'docker-compose.override.yml',
      'docker-compose.yml',
    ]);
  });

  test.each([
    ['depends_on: [db]'],
    ['links: ["db:database"]'],
    ['volumes_from: [db]'],
    ['network_mode: service:db'],
    ['networks: [back]'],
    ['volumes: ["data:/data"]'],
    ['configs: [nginx]'],
    ['secrets: [{ source: key }]'],
  ])('a service with %s and nothing of that name does not stand alone', (field) => {
    const { unit } = assemble({
      'compose.yaml': 'services: { db: { image: db } }',
      'compose.x.yaml': `services: { web: { image: web, ${field} } }`,
    });
    expect(unit('compose:.#x').files).toEqual(['compose.x.yaml', 'compose.yaml']);
  });

  test('what it names may be defined: then it stands alone', () => {
    const { unit } = assemble({
      'compose.yaml': 'services: { db: { image: db } }',
      'compose.x.yaml': `
        services:
          web: { build: ., depends_on: [db], networks: [back, default], volumes: ["data:/d", "./here:/h", "/abs:/a", /anonymous] }
          db: { image: db, network_mode: service:web, volumes_from: [web, "container:other"] }
        networks: { back: }
        volumes: { data: {} }
      `,
    });
    expect(unit('compose:.#x').files).toEqual(['compose.x.yaml']);
  });

  test('without a base an incomplete file is analysed alone, and that is told', () => {
    const { ids, notices } = assemble({ 'docker-compose.prod.yml': 'services: { web: { ports: ["80:80"] } }' });
    expect(ids).toEqual(['compose:.#prod']);
    expect(codes(notices)).toEqual(['not-built']);
  });

  test('files of one folder with one variant have different ids', () => {
    const { ids } = assemble({
      'compose.dev.yaml': web,
      'docker-compose.dev.yml': web,
      'docker-compose.dev.yaml': web,
      'dev.docker-compose.yml': web,
    });
    expect(ids).toEqual([
      'compose:.#dev',
      'compose:.#dev.docker-compose',
      'compose:.#docker-compose.dev',
      'compose:.#docker-compose.dev.yml',
    ]);
  });

  test('other names count by their shape', () => {
    const { ids } = assemble({
      'deploy/production.yml': `
        # everything
        services:
          web: { image: web }
          db: { build: db }
      `,
      'symfony/services.yaml': 'services: { App\\Mailer: { class: Mailer } }',
      'azure.yaml': 'metadata: {}\nservices: { web: { image: web } }',
      'ci.yml': 'jobs: { test: { services: { db: { image: db } } } }',
      'list.yml': 'services: [docker]',
      'notes.yml': 'about: "services:"',
    });
    expect(ids).toEqual(['compose:deploy#production']);
  });

  test('a file that has the name and is something else is none', () => {
    const { ids } = assemble({
      'app-compose.yml': 'apiVersion: v1\nkind: ConfigMap',
      'my.compose.yaml': 'Resources: {}',
    });
    expect(ids).toEqual([]);
  });

  test('Compose prefers compose.yaml; the other base is a unit of its own', () => {
    const { ids } = assemble({ 'docker-compose.yml': web, 'compose.yaml': 'services: { api: { image: api } }' });
    expect(ids).toEqual(['compose:.', 'compose:.#docker-compose']);
  });

  test('a stack is for a swarm by its name, or by a name and a deploy section together', () => {
    const placed = 'services: { web: { image: web, deploy: { placement: { constraints: [] } } } }';
    const { units } = assemble({
      'docker-stack.yml': web,
      'a/docker-stack.prod.yml': web,
      'b/shop-stack.yml': placed,
      'c/shop-stack.yml': web,
      'd/docker-compose.swarm.yml': placed,
      'e/compose.yaml': placed,
    });
    expect(units.filter(({ swarm }) => swarm).map(({ id }) => id)).toEqual([
      'compose:.#stack',
      'compose:a#stack.prod',
      'compose:b#shop-stack',
      'compose:d#swarm',
    ]);
  });

  test('COMPOSE_FILE says what the plain command reads', () => {
    const { ids, unit } = assemble({
      '.env': 'COMPOSE_FILE=docker-compose.yml:docker-compose.dev.yml',
      'docker-compose.yml': web,
      'docker-compose.dev.yml': 'services: { web: { hostname: dev } }',
      'docker-compose.override.yml': 'services: { web: { hostname: override } }',
    });
    expect(ids).toEqual(['compose:.', 'compose:.#override']);
    expect(plain(at(service(unit('compose:.'), 'web'), 'hostname'))).toBe('dev');
  });
});

describe('project names', () => {
  const nameOf = (files: Record<string, string>) => assemble(files).units[0]?.project;
  const web = 'services: { web: { image: web } }';

  test('from the file, from .env, from the folder', () => {
    expect(nameOf({ 'My App.v2/compose.yaml': web })).toBe('myappv2');
    expect(nameOf({ 'x/compose.yaml': web, 'x/.env': 'COMPOSE_PROJECT_NAME=shop' })).toBe('shop');
    expect(
      nameOf({ 'x/compose.yaml': `name: "\${STAGE:-dev}-shop"\n${web}`, 'x/.env': 'COMPOSE_PROJECT_NAME=y' }),
    ).toBe('dev-shop');
  });

  test('the root has no name that is the same everywhere', () => expect(nameOf({ 'compose.yaml': web })).toBe('.'));
});
