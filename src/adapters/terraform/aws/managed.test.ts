import { describe, expect, test } from 'vitest';
import { facts } from '../facts.fixture.ts';

const one = async (type: string, fields: string, more = '') => {
  const found = await facts(`resource "${type}" "it" {\n${fields}\n}\n${more}`);
  return { found, workload: found.workload(`${type}.it`) };
};

const provided = async (type: string, fields: string, more = '') =>
  (await one(type, fields, more)).workload.containers[0]?.provides ?? [];

describe('what callers have to speak', () => {
  test.each([
    ['aws_elasticache_replication_group', '', 'plaintext'],
    ['aws_elasticache_replication_group', 'transit_encryption_enabled = true', 'tls'],
    ['aws_memorydb_cluster', 'acl_name = "app"', 'tls'],
    ['aws_memorydb_cluster', 'acl_name = "app"\ntls_enabled = false', 'plaintext'],
  ])('%s { %s } takes %s', async (type, fields, transport) => {
    expect(await provided(type, fields)).toMatchObject([{ transport }]);
  });

  test.each([
    ['', [443, 80]],
    ['domain_endpoint_options {\nenforce_https = true\n}', [443]],
    ['domain_endpoint_options {\nenforce_https = false\n}', [443, 80]],
    ['domain_endpoint_options {\n}', [443]],
  ])('a search domain { %s } answers at %j', async (fields, ports) => {
    const open = await provided('aws_opensearch_domain', fields);
    expect(open.map((port) => port.ports?.from)).toEqual(ports);
  });

  test.each([
    ['', [9094, 9096, 9098]],
    ['encryption_info {\nencryption_in_transit {\nclient_broker = "TLS_PLAINTEXT"\n}\n}', [9092, 9094, 9096, 9098]],
  ])('brokers { %s } answer at %j', async (fields, ports) => {
    const open = await provided('aws_msk_cluster', fields);
    expect(open.map((port) => port.ports?.from)).toEqual(ports);
  });

  test('is what a parameter of the parameter group says', async () => {
    const { found, workload } = await one(
      'aws_docdb_cluster',
      'db_cluster_parameter_group_name = aws_docdb_cluster_parameter_group.p.name',
      'resource "aws_docdb_cluster_parameter_group" "p" {\nparameter {\nname = "tls"\nvalue = "disabled"\n}\n}',
    );
    const [port] = workload.containers[0]?.provides ?? [];
    expect(port?.transport).toBe('plaintext');
    expect(found.quote(port?.transportOrigin)).toBe('"disabled"');
  });

  test.each([
    ['aws_db_parameter_group', 'postgres13', '', 'plaintext', '"postgres13"'],
    ['aws_db_parameter_group', 'postgres13', 'rds.force_ssl = 1', undefined, ''],
    ['aws_db_parameter_group', 'postgres13', 'rds.force_ssl = 0', 'plaintext', '"0"'],
    ['aws_db_parameter_group', 'postgres15', '', undefined, ''],
    ['aws_db_parameter_group', 'postgres15', 'rds.force_ssl = 0', 'plaintext', '"0"'],
    ['aws_db_parameter_group', 'mysql8.0', '', 'plaintext', '"mysql8.0"'],
    ['aws_db_parameter_group', 'mysql8.0', 'require_secure_transport = ON', undefined, ''],
    ['aws_db_parameter_group', 'aurora-postgresql14', '', undefined, ''],
    ['aws_rds_cluster_parameter_group', 'aurora-postgresql14', '', 'plaintext', '"aurora-postgresql14"'],
    ['aws_docdb_cluster_parameter_group', 'docdb5.0', '', undefined, ''],
    ['aws_docdb_cluster_parameter_group', 'docdb5.0', 'tls = disabled', 'plaintext', '"disabled"'],
    ['aws_redshift_parameter_group', 'redshift-1.0', '', 'plaintext', '"redshift-1.0"'],
    ['aws_redshift_parameter_group', 'redshift-1.0', 'require_ssl = true', undefined, ''],
  ])('%s of %s with "%s" that nothing has yet lets %s in', async (type, family, parameter, transport, line) => {
    const [name, value] = parameter.split(' = ');
    const block = parameter ? `parameter {\nname = "${name}"\nvalue = "${value}"\n}` : '';
    const found = await facts(`resource "${type}" "it" {\nfamily = "${family}"\n${block}\n}`);
    const [port] = found.workloads[0]?.containers[0]?.provides ?? [];
    expect(port?.transport).toBe(transport);
    expect(found.quote(port?.transportOrigin)).toBe(line);
  });

  test('a parameter that nobody knows decides nothing', async () => {
    const block = 'parameter {\nname = var.name\nvalue = "1"\n}';
    const code = `variable "name" {}\nresource "aws_db_parameter_group" "it" {\nfamily = "postgres13"\n${block}\n}`;
    expect((await facts(code)).workloads).toEqual([]);
  });

  test('a group that a database has is told with it, and tells its engine where that is left out', async () => {
    const group = 'resource "aws_db_parameter_group" "p" {\nname = "p"\nfamily = "postgres13"\n}';
    const { found, workload } = await one(
      'aws_db_instance',
      'parameter_group_name = aws_db_parameter_group.p.name',
      group,
    );
    expect(found.workloads.map(({ id }) => id)).toEqual(['aws_db_instance.it']);
    expect(workload.containers[0]?.provides).toMatchObject([{ service: 'postgres', transport: 'plaintext' }]);
  });

  test.each([
    ['', 'TLSv1.0'],
    ['domain_endpoint_options {\ntls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"\n}', 'TLSv1.2'],
  ])('a search domain { %s } agrees to %s', async (fields, minimum) => {
    const [secure] = await provided('aws_opensearch_domain', fields);
    expect(secure?.tls?.minimum).toBe(minimum);
  });
});

describe('whom they ask who they are', () => {
  test.each([
    ['', 'none'],
    ['auth_token = var.token', undefined],
    ['user_group_ids = ["app"]', undefined],
  ])('a replication group { %s } asks its callers: %s', async (fields, authentication) => {
    const [port] = await provided('aws_elasticache_replication_group', fields, 'variable "token" {}');
    expect(port?.authentication).toBe(authentication);
  });
});

describe('addresses of the internet', () => {
  test.each([
    ['aws_db_instance', 'publicly_accessible = true', [{ asked: true }]],
    ['aws_db_instance', '', undefined],
    ['aws_neptune_cluster_instance', 'cluster_identifier = "x"\npublicly_accessible = true', [{ asked: true }]],
    ['aws_redshift_cluster', '', [{ unknown: {} }]],
    ['aws_mwaa_environment', 'webserver_access_mode = "PUBLIC_ONLY"', [{ asked: true }]],
    ['aws_mwaa_environment', '', undefined],
    [
      'aws_msk_cluster',
      'broker_node_group_info {\nconnectivity_info {\npublic_access {\ntype = "SERVICE_PROVIDED_EIPS"\n}\n}\n}',
      [{ asked: true }],
    ],
    ['aws_transfer_server', '', [{ asked: true }]],
    ['aws_transfer_server', 'endpoint_type = "VPC"', undefined],
  ])('%s { %s }', async (type, fields, expected) => {
    const { workload } = await one(type, fields);
    if (expected) expect(workload.publicAddresses).toMatchObject(expected);
    else expect(workload.publicAddresses).toBeUndefined();
  });

  test('a private instance of a cluster is read with its cluster', async () => {
    const found = await facts(`
      resource "aws_rds_cluster" "db" { engine = "aurora-postgresql" }
      resource "aws_rds_cluster_instance" "a" { cluster_identifier = aws_rds_cluster.db.id }`);
    expect(found.workloads.map(({ id }) => id)).toEqual(['aws_rds_cluster.db']);
  });
});

describe('traits', () => {
  const traits = async (type: string, fields: string, more = '') =>
    ((await one(type, fields, more)).workload.traits ?? []).map(({ trait }) => trait);

  test.each([
    ['aws_opensearch_domain', '', ['no-private-network']],
    ['aws_elasticsearch_domain', 'vpc_options {}', ['no-private-network']],
    ['aws_opensearch_domain', 'vpc_options {\nsubnet_ids = ["s-1"]\nsecurity_group_ids = ["sg-1"]\n}', []],
    ['aws_opensearch_domain', 'vpc_options {\nsecurity_group_ids = []\n}', ['default-guard-only']],
    ['aws_sagemaker_notebook_instance', 'subnet_id = "s-1"\nsecurity_groups = ["sg-1"]', ['no-private-network']],
    ['aws_sagemaker_notebook_instance', 'direct_internet_access = "Disabled"\nsecurity_groups = ["sg-1"]', []],
    ['aws_instance', '', ['default-guard-only']],
    ['aws_instance', 'vpc_security_group_ids = ["default"]', ['default-guard-only']],
    ['aws_instance', 'vpc_security_group_ids = ["default", "sg-1"]', []],
    ['aws_instance', 'vpc_security_group_ids = ["sg-1"]', []],
    ['aws_dms_endpoint', 'engine_name = "postgres"', ['calls-in-plaintext']],
    ['aws_dms_endpoint', 'engine_name = "s3"', []],
    ['aws_dms_endpoint', 'engine_name = "mysql"\nssl_mode = "require"', []],
    ['aws_ecs_task_definition', 'family = "a"\nnetwork_mode = "bridge"', ['shares-host-network']],
    [
      'aws_emr_block_public_access_configuration',
      'block_public_security_group_rules = false',
      ['permits-public-rules'],
    ],
    ['aws_api_gateway_stage', '', ['no-client-certificate']],
    [
      'aws_lambda_permission',
      'principal = "apigateway.amazonaws.com"\nsource_arn = "arn:aws:execute-api:eu-west-1:1:a/*/*"',
      ['called-by-any-route'],
    ],
    ['aws_route53_record', 'records = []', ['unanswered-name']],
    ['aws_vpc_endpoint', 'service_name = "com.amazonaws.eu-west-1.s3"', ['unrouted-endpoint']],
  ])('%s { %s }', async (type, fields, expected) => {
    expect(await traits(type, fields)).toEqual(expected);
  });

  test('the default group goes by its data source and by the attribute of its network', async () => {
    const network = 'resource "aws_vpc" "net" { cidr_block = "10.0.0.0/16" }';
    const source = 'data "aws_security_group" "own" {\nname = "default"\n}';
    const by = (group: string) =>
      traits('aws_instance', `vpc_security_group_ids = [${group}]`, `${network}\n${source}`);
    expect(await by('aws_vpc.net.default_security_group_id')).toEqual(['default-guard-only']);
    expect(await by('data.aws_security_group.own.id')).toEqual(['default-guard-only']);
  });

  test('a group that is not in the code may be the default one by its name', async () => {
    const of = (group: string, more = '') => one('aws_instance', `vpc_security_group_ids = [${group}]`, more);
    const made = 'resource "aws_security_group" "default" { name = "web" }';
    expect((await of('aws_security_group.default.id')).workload.traits).toMatchObject([{ unknown: {} }]);
    expect((await of('aws_security_group.web.id')).workload.traits).toBeUndefined();
    expect((await of('aws_security_group.default.id', made)).workload.traits).toBeUndefined();
  });

  test('subnets that give addresses, and networks that nobody made', async () => {
    const found = await facts(`
      resource "aws_default_vpc" "d" {}
      resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
      resource "aws_subnet" "a" {
        vpc_id                  = aws_vpc.v.id
        map_public_ip_on_launch = true
      }
      resource "aws_subnet" "b" { vpc_id = aws_vpc.v.id }
      resource "aws_vpc" "w" {
        cidr_block         = "10.1.0.0/16"
        enable_dns_support = false
      }`);
    const said = found.segments.map(({ name, isDefault, traits: list = [] }) => [
      name,
      isDefault ?? false,
      ...list.map(({ trait }) => trait),
    ]);
    expect(said).toEqual([
      ['aws_default_vpc.d', true, 'auto-created'],
      ['aws_subnet.a', false, 'assigns-public-addresses'],
      ['aws_subnet.b', false],
      ['aws_vpc.v', false],
      ['aws_vpc.w', false, 'no-name-resolution'],
    ]);
  });
});
