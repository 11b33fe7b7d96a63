import { expect, test } from 'vitest';
import { facts } from './facts.fixture.ts';

/** The names of workloads by address. */
async function names(code: string | Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>> {
  const { workloads } = await facts(code);
  return Object.fromEntries(workloads.map(({ id, name }) => [id, name]));
}

const MACHINE = '{\n  ami = "ami-1"\n}';

test('a workload is called by its label; dashes stand between words', async () => {
  expect(await names(`resource "aws_instance" "jump_host" ${MACHINE}`)).toEqual({
    'aws_instance.jump_host': 'jump-host',
  });
});

test('a label that says nothing gives way to the call of the module, and to what it is in the root', async () => {
  const files = {
    'main.tf': `
      module "shop_front" { source = "./machine" }
      module "main" { source = "./outer" }
      resource "aws_instance" "this" ${MACHINE}`,
    'outer/main.tf': `
      module "back" { source = "../machine" }
      module "default" { source = "../other" }`,
    'machine/main.tf': `resource "aws_instance" "this" {
      count = 1
      ami = "ami-1"
    }`,
    'other/main.tf': `resource "aws_mq_broker" "example" { engine_type = "RabbitMQ" }`,
  };
  expect(await names(files)).toEqual({
    'module.shop_front.aws_instance.this[0]': 'shop-front',
    'module.main.module.back.aws_instance.this[0]': 'back',
    'module.main.module.default.aws_mq_broker.example': 'mq-broker',
    'aws_instance.this': 'instance',
  });
});

test('instances have the keys that tell them apart; what else is called alike keeps its address', async () => {
  const code = `
    resource "aws_instance" "web" {
      for_each = toset(["blue", "green"])
      ami = "ami-1"
    }
    resource "aws_instance" "shop" ${MACHINE}
    resource "aws_db_instance" "shop" { engine = "postgres" }`;
  expect(await names(code)).toEqual({
    'aws_instance.web["blue"]': 'web[blue]',
    'aws_instance.web["green"]': 'web[green]',
    'aws_instance.shop': 'aws_instance.shop',
    'aws_db_instance.shop': 'aws_db_instance.shop',
  });
});

test('instances of modules have the keys of the calls', async () => {
  const files = {
    'main.tf': 'module "shop" {\n  source = "./m"\n  count = 2\n}',
    'm/main.tf': `resource "aws_instance" "main" ${MACHINE}`,
  };
  expect(Object.values(await names(files))).toEqual(['shop[0]', 'shop[1]']);
});

test('programs are called by the names that they are given, without what all begin with, and before others', async () => {
  const code = `
    resource "aws_ecs_service" "a" { name = "shop_prod_front" }
    resource "aws_ecs_service" "b" { name = "shop-prod-cart" }
    resource "aws_instance" "cart" ${MACHINE}`;
  expect(await names(code)).toEqual({
    'aws_ecs_service.a': 'front',
    'aws_ecs_service.b': 'cart',
    'aws_instance.cart': 'aws_instance.cart',
  });
  expect(await names('resource "aws_ecs_service" "a" { name = "shop-prod-front" }')).toEqual({
    'aws_ecs_service.a': 'shop-prod-front',
  });
  expect(await names('resource "aws_ecs_service" "a" { name = "not: a name" }')).toEqual({ 'aws_ecs_service.a': 'a' });
});

test('the API of a cluster is called by its kind; of several by their names too', async () => {
  expect(await names('resource "aws_eks_cluster" "this" { name = "shop" }')).toEqual({
    'aws_eks_cluster.this': 'eks-api',
  });
  const two = `
    resource "google_container_cluster" "a" { name = "shop" }
    resource "azurerm_kubernetes_cluster" "b" {}`;
  expect(await names(two)).toEqual({
    'google_container_cluster.a': 'shop-gke-api',
    'azurerm_kubernetes_cluster.b': 'b-aks-api',
  });
});

test('a container and a gateway that are called like their workload stay so; the address is kept', async () => {
  const { workload, gateways } = await facts(`
    resource "aws_apprunner_service" "front" {
      service_name = "front"
      source_configuration {
        image_repository {
          image_identifier      = "shop/front:1"
          image_repository_type = "ECR"
          image_configuration { port = "3000" }
        }
      }
    }`);
  const { name, address, containers } = workload('aws_apprunner_service.front');
  expect({ name, address, container: containers[0]?.name, gateway: gateways[0]?.name }).toEqual({
    name: 'front',
    address: 'aws_apprunner_service.front',
    container: 'front',
    gateway: 'front',
  });
});

test('App Runner and Cloud Run answer over HTTPS for the port of the container', async () => {
  const { gateways, workload } = await facts(`
    resource "aws_apprunner_service" "a" {
      service_name = "a"
      network_configuration {
        ingress_configuration { is_publicly_accessible = false }
      }
      source_configuration {
        image_repository {
          image_configuration { port = "3000" }
        }
      }
    }
    resource "google_cloud_run_v2_service" "b" {
      name = "b"
      template {
        containers { image = "shop/b:1" }
      }
    }`);
  const doors = gateways.map(({ doors: [door] }) => [door?.place, door?.ports, door?.tls, door?.target]);
  expect(doors).toMatchObject([
    [{ internal: true }, { from: 443, to: 443 }, true, { workload: 'aws_apprunner_service.a', ports: { from: 3000 } }],
    [{ internal: false }, { from: 443 }, true, { workload: 'google_cloud_run_v2_service.b', ports: { from: 8080 } }],
  ]);
  expect(workload('google_cloud_run_v2_service.b').publicAddresses).toBeUndefined();
});
