/** What the models of rules/modules/ make, as the modules themselves do. */
import { describe, expect, test } from 'vitest';
import type { Value } from '../../source/value.ts';
import { assembled, bodies, pieces, plain } from './evaluated.fixture.ts';
import { loadModels } from './model-table.ts';

const models = await loadModels();
const made = (text: string) => bodies(text, { models });
const only = async (text: string, ...types: readonly string[]) =>
  Object.fromEntries(
    Object.entries(await made(text)).filter(([address]) => types.some((type) => address.includes(`.${type}.`))),
  );

describe('security-group', () => {
  const code = `module "web" {
  source  = "terraform-aws-modules/security-group/aws"
  version = "~> 5.0"
  name    = "web"
  vpc_id  = "vpc-1"

  ingress_cidr_blocks = ["0.0.0.0/0"]
  ingress_rules       = ["https-443-tcp"]
  ingress_with_cidr_blocks = [
    { rule = "postgresql-tcp", cidr_blocks = "10.0.0.0/8" },
    { from_port = 8000, to_port = 8010, protocol = "tcp", cidr_blocks = "10.1.0.0/16,10.2.0.0/16" },
    { rule = "ssh-tcp" },
  ]
  ingress_with_self = [{ rule = "all-all" }]
  computed_ingress_with_source_security_group_id = [
    { rule = "redis-tcp", source_security_group_id = aws_security_group.other.id },
  ]
  number_of_computed_ingress_with_source_security_group_id = 1
  egress_rules = ["all-all"]
}
resource "aws_security_group" "other" {}
output "id" { value = module.web.security_group_id }
resource "aws_instance" "x" { vpc_security_group_ids = [module.web.security_group_id] }
`;
  const group =
    '?computed: module.web.aws_security_group.this_name_prefix[0].id is set when the resource is made → module.web.aws_security_group.this_name_prefix[0].id';

  test('opens what the names of rules say', async () => {
    expect(await only(code, 'aws_security_group_rule')).toMatchObject({
      'module.web.aws_security_group_rule.ingress_rules[0]': {
        type: 'ingress',
        from_port: 443,
        to_port: 443,
        protocol: 'tcp',
        cidr_blocks: ['0.0.0.0/0'],
        security_group_id: group,
      },
      'module.web.aws_security_group_rule.ingress_with_cidr_blocks[0]': {
        from_port: 5432,
        to_port: 5432,
        cidr_blocks: ['10.0.0.0/8'],
      },
      'module.web.aws_security_group_rule.ingress_with_cidr_blocks[1]': {
        from_port: 8000,
        to_port: 8010,
        cidr_blocks: ['10.1.0.0/16', '10.2.0.0/16'],
      },
      'module.web.aws_security_group_rule.ingress_with_cidr_blocks[2]': { from_port: 22, cidr_blocks: ['0.0.0.0/0'] },
      'module.web.aws_security_group_rule.ingress_with_self[0]': { from_port: -1, protocol: '-1', self: true },
      'module.web.aws_security_group_rule.ingress_with_source_security_group_id[0]': {
        from_port: 6379,
        source_security_group_id: expect.stringMatching(/→ aws_security_group\.other\.id$/),
      },
      'module.web.aws_security_group_rule.egress_rules[0]': {
        type: 'egress',
        protocol: '-1',
        cidr_blocks: ['0.0.0.0/0'],
      },
    });
    expect(await made(code)).toMatchObject({ 'aws_instance.x': { vpc_security_group_ids: [group] } });
  });

  test('each fact stands at the line of the call that says it', async () => {
    const { units } = await assembled({ 'main.tf': code }, { models });
    const at = (address: string, key: string) => {
      const value = units[0]?.resources.find((each) => each.address === address)?.body.entries.get(key)?.value as Value;
      const shown = value.kind === 'list' ? (value.items[0] as Value) : value;
      return pieces({ 'main.tf': code }, shown.origin)[0];
    };
    const rules = 'module.web.aws_security_group_rule';
    expect(at(`${rules}.ingress_rules[0]`, 'cidr_blocks')).toBe('main.tf: "0.0.0.0/0"');
    expect(at(`${rules}.ingress_rules[0]`, 'from_port')).toBe('main.tf: "https-443-tcp"');
    expect(at(`${rules}.ingress_with_cidr_blocks[0]`, 'cidr_blocks')).toBe('main.tf: "10.0.0.0/8"');
    expect(at(`${rules}.ingress_with_cidr_blocks[0]`, 'from_port')).toBe('main.tf: "postgresql-tcp"');
    expect(at(`${rules}.ingress_with_cidr_blocks[1]`, 'from_port')).toBe('main.tf: 8000');
  });

  test('nothing is said to stand in a model', async () => {
    const { units } = await assembled({ 'main.tf': code }, { models });
    expect(
      JSON.stringify(
        units.flatMap(({ resources }) => resources.map(({ body, origin }) => [origin, [...body.entries]])),
      ),
    ).not.toContain('model//');
  });

  test('submodules open what they are called after', async () => {
    const text = `module "web" {
      source = "terraform-aws-modules/security-group/aws//modules/web"
      vpc_id = "vpc-1"
      ingress_cidr_blocks = ["10.0.0.0/8"]
    }`;
    const rules = await only(text, 'aws_security_group_rule');
    const ingress = Object.entries(rules).filter(([address]) => address.includes('.ingress_rules['));
    expect(ingress.map(([, body]) => (body as { from_port: number }).from_port)).toEqual([80, 8080, 443, 1099]);
    expect(Object.keys(rules).filter((address) => /with_self|egress_rules/.test(address))).toHaveLength(2);
  });
});

describe('vpc', () => {
  const code = (more = '', version = '5.21.0') => `data "aws_availability_zones" "all" {}
module "vpc" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "${version}"
  name    = "main"
  cidr    = "10.0.0.0/16"
  azs     = slice(data.aws_availability_zones.all.names, 0, 2)
  public_subnets   = [for k in range(2) : cidrsubnet("10.0.0.0/16", 8, k)]
  private_subnets  = ["10.0.10.0/24", "10.0.11.0/24"]
  database_subnets = ["10.0.20.0/24"]
  enable_nat_gateway = true
  single_nat_gateway = true
  ${more}
}
resource "aws_instance" "x" { subnet_id = module.vpc.private_subnets[1] }
`;

  test('has its subnets, and the ways out of them', async () => {
    const found = await made(code());
    expect(found).toMatchObject({
      'module.vpc.aws_subnet.public[1]': { cidr_block: '10.0.1.0/24', map_public_ip_on_launch: false },
      'module.vpc.aws_subnet.private[1]': { cidr_block: '10.0.11.0/24' },
      'module.vpc.aws_route.public_internet_gateway[0]': {
        destination_cidr_block: '0.0.0.0/0',
        gateway_id: expect.stringMatching(/→ module\.vpc\.aws_internet_gateway\.this\[0\]\.id$/),
      },
      'module.vpc.aws_route_table_association.private[1]': {
        subnet_id: expect.stringMatching(/→ module\.vpc\.aws_subnet\.private\[1\]\.id$/),
        route_table_id: expect.stringMatching(/→ module\.vpc\.aws_route_table\.private\[0\]\.id$/),
      },
      'module.vpc.aws_route.private_nat_gateway[0]': {
        nat_gateway_id: expect.stringMatching(/aws_nat_gateway\.this\[0\]\.id$/),
      },
      'module.vpc.aws_route_table_association.database[0]': {
        route_table_id: expect.stringMatching(/aws_route_table\.private\[0\]\.id$/),
      },
      'module.vpc.aws_default_security_group.this[0]': { ingress: [], egress: [] },
      'aws_instance.x': { subnet_id: expect.stringMatching(/→ module\.vpc\.aws_subnet\.private\[1\]\.id$/) },
    });
    expect(Object.keys(found).filter((address) => address.includes('nat'))).toHaveLength(3);
  });

  test('is what its version makes it', async () => {
    const old = await made(code('', '~> 3.0'));
    expect(old).toMatchObject({ 'module.vpc.aws_subnet.public[0]': { map_public_ip_on_launch: true } });
    expect(Object.keys(old).filter((address) => address.includes('aws_default_security_group'))).toEqual([]);
  });

  test('guards subnets by lists of their own where it is told to', async () => {
    const found = await only(
      code(
        'public_dedicated_network_acl = true\n public_inbound_acl_rules = [{ rule_number = 90, rule_action = "deny", protocol = "tcp", from_port = 22, to_port = 22, cidr_block = "0.0.0.0/0" }]',
      ),
      'aws_network_acl_rule',
    );
    expect(found).toMatchObject({
      'module.vpc.aws_network_acl_rule.public_inbound[0]': {
        rule_number: 90,
        rule_action: 'deny',
        from_port: 22,
        egress: false,
      },
      'module.vpc.aws_network_acl_rule.public_outbound[0]': { rule_number: 100, rule_action: 'allow', egress: true },
    });
  });
});

describe('what runs', () => {
  test('a load balancer of either generation', async () => {
    const code = (version: string, more: string) => `module "alb" {
      source  = "terraform-aws-modules/alb/aws"
      version = "${version}"
      name    = "web"
      vpc_id  = "vpc-1"
      subnets = ["subnet-1"]
      ${more}
    }`;
    const old = code(
      '~> 8.0',
      `
      security_groups    = ["sg-1"]
      http_tcp_listeners = [{ port = 80, protocol = "HTTP", target_group_index = 0 }]
      target_groups      = [{ name = "ui", backend_port = 8080, backend_protocol = "HTTP", target_type = "ip" }]`,
    );
    expect(await made(old)).toMatchObject({
      'module.alb.aws_lb_listener.frontend_http_tcp[0]': {
        port: 80,
        default_action: [
          { type: 'forward', target_group_arn: expect.stringMatching(/aws_lb_target_group\.main\[0\]\.arn$/) },
        ],
      },
      'module.alb.aws_lb_target_group.main[0]': { port: 8080, target_type: 'ip', vpc_id: 'vpc-1' },
      'module.alb.aws_lb.this[0]': {
        security_groups: [expect.stringMatching(/aws_security_group\.this\[0\]\.id$/), 'sg-1'],
      },
    });
    const current = code(
      '~> 9.0',
      `
      security_group_ingress_rules = { http = { from_port = 80, to_port = 80, cidr_ipv4 = "0.0.0.0/0" } }
      listeners = {
        http  = { port = 80, protocol = "HTTP", redirect = { port = "443", protocol = "HTTPS", status_code = "HTTP_301" } }
        https = { port = 443, protocol = "HTTPS", certificate_arn = "arn:x", forward = { target_group_key = "ui" } }
      }
      target_groups = { ui = { port = 8080, protocol = "HTTP", target_type = "instance", target_id = "i-1" } }`,
    );
    expect(await made(current)).toMatchObject({
      'module.alb.aws_lb_listener.this["http"]': {
        default_action: [{ type: 'redirect', redirect: [{ port: '443' }] }],
      },
      'module.alb.aws_lb_listener.this["https"]': {
        default_action: [
          { type: 'forward', target_group_arn: expect.stringMatching(/aws_lb_target_group\.this\["ui"\]\.arn$/) },
        ],
      },
      'module.alb.aws_lb_target_group_attachment.this["ui"]': { target_id: 'i-1', port: 8080 },
      'module.alb.aws_vpc_security_group_ingress_rule.this["http"]': {
        cidr_ipv4: '0.0.0.0/0',
        from_port: 80,
        ip_protocol: 'tcp',
      },
    });
  });

  test('an instance, with a group of its own from version 6 on', async () => {
    const code = (version: string) => `module "x" {
      source = "terraform-aws-modules/ec2-instance/aws"
      version = "${version}"
      subnet_id = "subnet-1"
      vpc_security_group_ids = ["sg-1"]
      associate_public_ip_address = true
      create_eip = true
    }`;
    expect(await made(code('5.6.0'))).toMatchObject({
      'module.x.aws_instance.this[0]': { vpc_security_group_ids: ['sg-1'], associate_public_ip_address: true },
      'module.x.aws_eip.this[0]': { instance: expect.stringMatching(/→ module\.x\.aws_instance\.this\[0\]\.id$/) },
    });
    expect(Object.keys(await made(code('5.6.0')))).toHaveLength(2);
    expect(await made(code('6.0.0'))).toMatchObject({
      'module.x.aws_instance.this[0]': {
        vpc_security_group_ids: ['sg-1', expect.stringMatching(/aws_security_group\.this\[0\]\.id$/)],
      },
      'module.x.aws_vpc_security_group_egress_rule.this["ipv4_default"]': { cidr_ipv4: '0.0.0.0/0', ip_protocol: '-1' },
    });
  });

  test('databases', async () => {
    const code = `module "db" {
      source              = "terraform-aws-modules/rds/aws"
      identifier          = "db"
      engine              = "postgres"
      port                = 5433
      publicly_accessible = true
      vpc_security_group_ids = ["sg-1"]
    }
    module "aurora" {
      source  = "terraform-aws-modules/rds-aurora/aws"
      version = "7.7.1"
      name    = "orders"
      engine  = "aurora-postgresql"
      vpc_id  = "vpc-1"
      instances               = { one = {} }
      allowed_security_groups = ["sg-2"]
      allowed_cidr_blocks     = ["10.0.0.0/8"]
    }`;
    expect(await made(code)).toMatchObject({
      'module.db.aws_db_instance.this[0]': {
        engine: 'postgres',
        port: 5433,
        publicly_accessible: true,
        vpc_security_group_ids: ['sg-1'],
      },
      'module.aurora.aws_rds_cluster.this[0]': { port: 5432 },
      'module.aurora.aws_security_group_rule.default_ingress[0]': { from_port: 5432, source_security_group_id: 'sg-2' },
      'module.aurora.aws_security_group_rule.cidr_ingress[0]': { from_port: 5432, cidr_blocks: ['10.0.0.0/8'] },
      'module.aurora.aws_rds_cluster_instance.this["one"]': { engine: 'aurora-postgresql' },
    });
  });

  test('clusters, whose endpoint was public by default once', async () => {
    const code = (version: string, more = '') => `module "eks" {
      source     = "terraform-aws-modules/eks/aws"
      version    = "${version}"
      vpc_id     = "vpc-1"
      subnet_ids = ["subnet-1"]
      ${more}
    }`;
    const access = async (text: string) => (await made(text))['module.eks.aws_eks_cluster.this[0]'];
    expect(await access(code('~> 18.0', 'cluster_name = "a"'))).toMatchObject({
      vpc_config: [{ endpoint_public_access: true }],
    });
    expect(await access(code('~> 20.0', 'cluster_name = "a"'))).toMatchObject({
      name: 'a',
      vpc_config: [{ endpoint_public_access: false }],
    });
    expect(
      await access(
        code('~> 21.0', 'name = "a"\n endpoint_public_access = true\n endpoint_public_access_cidrs = ["192.0.2.0/24"]'),
      ),
    ).toMatchObject({ vpc_config: [{ endpoint_public_access: true, public_access_cidrs: ['192.0.2.0/24'] }] });
    expect(await only(code('~> 20.0', 'cluster_name = "a"'), 'aws_security_group_rule')).toMatchObject({
      'module.eks.aws_security_group_rule.node["ingress_cluster_kubelet"]': {
        from_port: 10250,
        source_security_group_id: expect.stringMatching(/aws_security_group\.cluster\[0\]\.id$/),
      },
      'module.eks.aws_security_group_rule.cluster["ingress_nodes_443"]': {
        source_security_group_id: expect.stringMatching(/aws_security_group\.node\[0\]\.id$/),
      },
    });
  });

  test('services, by a module in the module', async () => {
    const code = `module "ecs" {
      source       = "terraform-aws-modules/ecs/aws"
      cluster_name = "main"
      services = {
        web = {
          subnet_ids            = ["subnet-1"]
          vpc_id                = "vpc-1"
          assign_public_ip      = true
          container_definitions = { app = { image = "nginx", port_mappings = [{ containerPort = 80 }] } }
          security_group_ingress_rules = { http = { from_port = 80, cidr_ipv4 = "0.0.0.0/0" } }
        }
      }
    }`;
    const found = await made(code);
    expect(found).toMatchObject({
      'module.ecs.module.service["web"].aws_ecs_service.this[0]': {
        network_configuration: [{ subnets: ['subnet-1'], assign_public_ip: true }],
        cluster: expect.stringMatching(/→ module\.ecs\.aws_ecs_cluster\.this\[0\]\.arn$/),
      },
      'module.ecs.module.service["web"].aws_vpc_security_group_ingress_rule.this["http"]': {
        from_port: 80,
        to_port: 80,
      },
    });
    const task = found['module.ecs.module.service["web"].aws_ecs_task_definition.this[0]'] as {
      container_definitions: string;
    };
    expect(JSON.parse(task.container_definitions)).toMatchObject([
      { name: 'app', image: 'nginx', portMappings: [{ containerPort: 80 }] },
    ]);
  });
});

describe('other clouds', () => {
  test('security groups of Azure', async () => {
    const code = `module "nsg" {
      source              = "Azure/network-security-group/azurerm"
      resource_group_name = "rg"
      source_address_prefix = ["10.0.3.0/24"]
      predefined_rules    = [{ name = "SSH", priority = 500 }]
      custom_rules        = [{ name = "app", priority = 201, destination_port_range = "8080,9000-9010", source_address_prefix = "Internet", protocol = "Tcp" }]
    }
    module "http" {
      source              = "Azure/network-security-group/azurerm//modules/HTTP"
      resource_group_name = "rg"
    }`;
    expect(await made(code)).toMatchObject({
      'module.nsg.azurerm_network_security_rule.predefined_rules[0]': {
        name: 'SSH',
        priority: 500,
        direction: 'Inbound',
        access: 'Allow',
        destination_port_range: '22',
        source_address_prefix: '10.0.3.0/24',
      },
      'module.nsg.azurerm_network_security_rule.custom_rules[0]': {
        destination_port_ranges: ['8080', '9000-9010'],
        source_address_prefix: 'Internet',
        direction: 'Inbound',
        access: 'Allow',
      },
      'module.http.azurerm_network_security_rule.predefined_rules[0]': {
        destination_port_range: '80',
        source_address_prefix: '*',
      },
    });
  });

  test('clusters and services of Azure', async () => {
    const code = `module "aks" {
      source = "Azure/avm-res-containerservice-managedcluster/azurerm"
      name   = "aks"
      api_server_access_profile = { authorized_ip_ranges = ["192.0.2.0/24"] }
    }
    module "db" {
      source = "Azure/avm-res-documentdb-databaseaccount/azurerm"
      name   = "db"
      public_network_access_enabled = true
    }`;
    expect(await made(code)).toMatchObject({
      'module.aks.azurerm_kubernetes_cluster.this': {
        api_server_access_profile: [{ authorized_ip_ranges: ['192.0.2.0/24'] }],
      },
      'module.db.azurerm_cosmosdb_account.this': { public_network_access_enabled: true, ip_range_filter: [] },
    });
  });

  test('networks and clusters of Google', async () => {
    const code = `module "net" {
      source       = "terraform-google-modules/network/google"
      network_name = "main"
      project_id   = "p"
      subnets      = [{ subnet_name = "a", subnet_ip = "10.0.0.0/24", subnet_region = "europe-west1" }]
      firewall_rules = [{
        name = "ssh", ranges = ["0.0.0.0/0"], allow = [{ protocol = "tcp", ports = ["22"] }]
      }]
    }
    module "gke" {
      source  = "terraform-google-modules/kubernetes-engine/google//modules/private-cluster"
      name    = "c"
      network = module.net.network_name
      enable_private_endpoint = true
      master_authorized_networks = [{ cidr_block = "10.0.0.0/8", display_name = "in" }]
    }`;
    expect(await made(code)).toMatchObject({
      'module.net.google_compute_subnetwork.subnetwork["europe-west1/a"]': { ip_cidr_range: '10.0.0.0/24' },
      'module.net.google_compute_firewall.rules["ssh"]': {
        network: 'main',
        direction: 'INGRESS',
        source_ranges: ['0.0.0.0/0'],
        allow: [{ protocol: 'tcp', ports: ['22'] }],
      },
      'module.gke.google_container_cluster.primary': {
        network: 'main',
        private_cluster_config: [{ enable_private_endpoint: true }],
        master_authorized_networks_config: [{ cidr_blocks: [{ cidr_block: '10.0.0.0/8' }] }],
      },
    });
  });
});

test('what a model does not know of a module is unknown, and no error', async () => {
  const code = `module "vpc" {
    source = "terraform-aws-modules/vpc/aws"
    something_new = true
  }
  resource "aws_instance" "x" { subnet_id = module.vpc.outpost_subnets }`;
  const { units, notices } = await assembled({ 'main.tf': code }, { models });
  expect(notices).toEqual([]);
  const body = units[0]?.resources.find(({ address }) => address === 'aws_instance.x')?.body;
  expect(body && plain(body)).toEqual({ subnet_id: expect.stringMatching(/^\?module-absent/) });
});
