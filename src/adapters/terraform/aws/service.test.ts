import { describe, expect, test } from 'vitest';
import { facts } from '../facts.fixture.ts';

describe('containers of a task', () => {
  const service = 'resource "aws_ecs_service" "api" { task_definition = aws_ecs_task_definition.api.arn }';
  const definition = `[{
    "name": "api", "image": "example/api:1",
    "portMappings": [{ "containerPort": 8080 }, { "containerPort": 9125, "protocol": "udp" }],
    "environment": [{ "name": "LEVEL", "value": "info" }],
    "command": ["serve", "--port", "8080"],
    "healthCheck": { "command": ["CMD-SHELL", "curl -f http://localhost:8080/health"] }
  }]`;

  test.each([
    ['a text of JSON', `<<EOT\n${definition}\nEOT`],
    ['jsonencode', `jsonencode(${definition.replaceAll('":', '" =')})`],
  ])('are read from %s', async (_, written) => {
    const found = await facts(
      `resource "aws_ecs_task_definition" "api" {\nfamily = "api"\ncontainer_definitions = ${written}\n}\n${service}`,
    );
    const [container] = found.workload('aws_ecs_service.api').containers;
    expect(container).toMatchObject({
      name: 'api',
      image: { reference: 'example/api:1' },
      ports: [
        { ports: { from: 8080, to: 8080 }, protocol: 'tcp' },
        { ports: { from: 9125, to: 9125 }, protocol: 'udp' },
      ],
      environment: [{ name: 'LEVEL', value: 'info' }],
      checks: [{ kind: 'command', command: { shell: true } }],
    });
    expect(container?.command?.words.map(({ text }) => text)).toEqual(['serve', '--port', '8080']);
  });

  test('keep their places, and what they call, where only parts are known', async () => {
    const found = await facts(`
      resource "aws_rds_cluster" "db" { engine = "aurora-postgresql" }
      resource "aws_ecs_task_definition" "api" {
        family = "api"
        container_definitions = jsonencode([{
          name         = "api"
          image        = "example/api:1"
          portMappings = [{ containerPort = 8080 }]
          environment  = [{ name = "DB", value = aws_rds_cluster.db.endpoint }]
        }])
      }
      ${service}`);
    const [container] = found.workload('aws_ecs_service.api').containers;
    expect(found.quote(container?.ports[0]?.origin)).toBe('8080');
    expect(found.needs).toMatchObject([
      { from: { workload: 'aws_ecs_service.api' }, to: { workload: 'aws_rds_cluster.db' } },
    ]);
    expect(found.quote(found.needs[0]?.origin)).toBe('aws_rds_cluster.db.endpoint');
  });

  test('that nobody can read are told', async () => {
    const found = await facts(`
      variable "containers" {}
      resource "aws_ecs_task_definition" "api" {
        family                = "api"
        container_definitions = var.containers
      }
      ${service}`);
    expect(found.notices.map(({ message }) => message).join()).toMatch(/var\.containers has no value/);
  });
});

describe('managed services', () => {
  test.each([
    ['aws_db_instance', 'engine = "postgres"', 'postgres', null],
    ['aws_db_instance', 'engine = "oracle-se2"\nport = 1522', 'oracle', 1522],
    ['aws_rds_cluster', 'engine = "aurora-postgresql"', 'postgresql', null],
    ['aws_rds_cluster', '', 'mysql', null],
    ['aws_elasticache_replication_group', 'engine = "valkey"', 'valkey', null],
    ['aws_opensearch_domain', '', 'opensearch', 443],
  ])('%s { %s } answers as %s', async (type, fields, service, port) => {
    const found = await facts(`resource "${type}" "it" {\n${fields}\n}`);
    const [provided] = found.workload(`${type}.it`).containers[0]?.provides ?? [];
    expect(provided).toMatchObject({ service, ports: port === null ? null : { from: port, to: port } });
  });

  test('name their subnets through a group of them', async () => {
    const found = await facts(`
      resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
      resource "aws_subnet" "a" {
        vpc_id     = aws_vpc.main.id
        cidr_block = "10.0.1.0/24"
      }
      resource "aws_db_subnet_group" "main" { subnet_ids = [aws_subnet.a.id] }
      resource "aws_db_instance" "it" {
        engine               = "mysql"
        db_subnet_group_name = aws_db_subnet_group.main.name
      }`);
    const { memberships, ranges } = found.workload('aws_db_instance.it');
    expect(memberships.map(({ segment }) => segment)).toEqual(['subnet:aws_subnet.a', 'virtual-network:aws_vpc.main']);
    expect(ranges).toEqual(['10.0.1.0/24']);
  });
});

describe('load balancers', () => {
  const balancer = (inside: string) => `
    resource "aws_lb" "front" {
      ${inside}
    }
    resource "aws_lb_target_group" "web" {
      port     = 8080
      protocol = "HTTP"
    }
    resource "aws_lb_listener" "https" {
      load_balancer_arn = aws_lb.front.arn
      port              = 443
      protocol          = "HTTPS"
      default_action {
        type             = "forward"
        target_group_arn = aws_lb_target_group.web.arn
      }
    }`;
  const target = `
    resource "aws_instance" "web" {}
    resource "aws_lb_target_group_attachment" "web" {
      target_group_arn = aws_lb_target_group.web.arn
      target_id        = aws_instance.web.id
      port             = 9090
    }`;

  test('lead from the port of a listener to that of an attachment', async () => {
    const found = await facts(`${balancer('')}${target}`);
    expect(found.gateways[0]?.doors).toMatchObject([
      {
        place: { kind: 'balancer', internal: false },
        ports: { from: 443, to: 443 },
        tls: true,
        guarded: true,
        target: { workload: 'aws_instance.web', ports: { from: 9090, to: 9090 } },
      },
    ]);
    expect(found.workload('aws_lb.front').publicAddresses).toMatchObject([{ address: null }]);
  });

  test('of the network without groups hand the callers on (R66)', async () => {
    const found = await facts(`${balancer('load_balancer_type = "network"\ninternal = true')}${target}`);
    expect(found.gateways[0]?.doors[0]).not.toHaveProperty('guarded');
    expect(found.gateways[0]?.doors[0]?.place).toEqual({ kind: 'balancer', internal: true });
  });

  test('behind which nothing is in the code are reached themselves', async () => {
    const found = await facts(balancer(''));
    expect(found.gateways[0]?.doors).toMatchObject([{ front: 'aws_lb.front', target: { kind: 'outside' } }]);
    expect(found.workload('aws_lb.front')).toMatchObject({
      publicAddresses: [{ address: null }],
      containers: [{ provides: [{ ports: { from: 443, to: 443 } }] }],
    });
  });
});
