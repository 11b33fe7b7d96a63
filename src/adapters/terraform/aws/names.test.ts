import { expect, test } from 'vitest';
import { facts } from '../facts.fixture.ts';

const service = (inside: string) => `
  resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
  resource "aws_subnet" "a" {
    vpc_id     = aws_vpc.main.id
    cidr_block = "10.0.1.0/24"
  }
  resource "aws_service_discovery_private_dns_namespace" "n" { name = "shop.internal" }
  resource "aws_service_discovery_service" "s" {
    name = "api"
    dns_config { namespace_id = aws_service_discovery_private_dns_namespace.n.id }
  }
  resource "aws_ecs_service" "api" {
    network_configuration { subnets = [aws_subnet.a.id] }
    ${inside}
  }`;

const connect = (inside: string) => `service_connect_configuration {\nenabled = true\n${inside}\n}`;

test.each([
  ['', []],
  ['service_registries { registry_arn = aws_service_discovery_service.s.arn }', ['api.shop.internal']],
  [connect('service {\nport_name = "http"\nclient_alias {\nport = 80\ndns_name = "API"\n}\n}'), ['api']],
  [connect('namespace = "shop"\nservice {\nport_name = "http"\nclient_alias { port = 80 }\n}'), ['http.shop']],
  [connect('namespace = "shop"\nservice { port_name = "http" }'), []],
  ['service_connect_configuration { enabled = false }', []],
])('a service { %s } is found as %j', async (inside, names) => {
  const found = await facts(service(inside));
  expect(found.workload('aws_ecs_service.api').names).toEqual(
    names.map((name) => ({ name, within: 'virtual-network:aws_vpc.main' })),
  );
});

test.each([
  ['name = "db"\nrecords = [aws_db_instance.db.address]', ['db.example.com']],
  ['name = "db.example.com."\nalias { name = aws_db_instance.db.address }', ['db.example.com']],
  ['name = "db"\nrecords = ["10.0.0.1"]', []],
])('a record { %s } is a name of what it points at: %j', async (fields, names) => {
  const found = await facts(`
    resource "aws_route53_zone" "z" { name = "example.com" }
    resource "aws_db_instance" "db" { engine = "postgres" }
    resource "aws_route53_record" "r" {
      zone_id = aws_route53_zone.z.zone_id
      ${fields}
    }`);
  expect(found.workload('aws_db_instance.db').names.map(({ name }) => name)).toEqual(names);
});
