import { describe, expect, test } from 'vitest';
import { facts } from '../facts.fixture.ts';

const ENDPOINT = 'tolist(aws_networkfirewall_firewall.it.firewall_status[0].sync_states)[0].attachment[0].endpoint_id';
const EDGE = `
  resource "aws_route_table" "edge" {
    vpc_id = aws_vpc.it.id
    route {
      cidr_block      = "10.0.1.0/24"
      vpc_endpoint_id = ${ENDPOINT}
    }
  }
  resource "aws_route_table_association" "edge" {
    gateway_id     = aws_internet_gateway.it.id
    route_table_id = aws_route_table.edge.id
  }`;
const OUT = 'gateway_id = aws_internet_gateway.it.id';

const network = (policy: string, { edge = EDGE, beyond = OUT, endpoint = ENDPOINT } = {}) => `
  variable "unsaid" {}
  resource "aws_vpc" "it" { cidr_block = "10.0.0.0/16" }
  resource "aws_internet_gateway" "it" { vpc_id = aws_vpc.it.id }
  resource "aws_subnet" "firewall" {
    vpc_id     = aws_vpc.it.id
    cidr_block = "10.0.0.0/28"
  }
  resource "aws_subnet" "web" {
    vpc_id     = aws_vpc.it.id
    cidr_block = "10.0.1.0/24"
  }
  resource "aws_networkfirewall_firewall" "it" {
    vpc_id              = aws_vpc.it.id
    firewall_policy_arn = aws_networkfirewall_firewall_policy.it.arn
    subnet_mapping { subnet_id = aws_subnet.firewall.id }
  }
  resource "aws_route_table" "firewall" {
    vpc_id = aws_vpc.it.id
    route {
      cidr_block = "0.0.0.0/0"
      ${beyond}
    }
  }
  resource "aws_route_table_association" "firewall" {
    subnet_id      = aws_subnet.firewall.id
    route_table_id = aws_route_table.firewall.id
  }
  resource "aws_route_table" "web" {
    vpc_id = aws_vpc.it.id
    route {
      cidr_block      = "0.0.0.0/0"
      vpc_endpoint_id = ${endpoint}
    }
  }
  resource "aws_route_table_association" "web" {
    subnet_id      = aws_subnet.web.id
    route_table_id = aws_route_table.web.id
  }
  resource "aws_instance" "it" {
    subnet_id                   = aws_subnet.web.id
    associate_public_ip_address = true
    vpc_security_group_ids      = ["sg-1"]
  }
  ${edge}
  ${policy}`;

const policy = (fields: string, groups = '') => `
  resource "aws_networkfirewall_firewall_policy" "it" {
    firewall_policy {
      stateless_fragment_default_actions = ["aws:forward_to_sfe"]
      ${fields}
    }
  }
  ${groups}`;
const FORWARD = 'stateless_default_actions = ["aws:forward_to_sfe"]';
const STRICT = `${FORWARD}
  stateful_default_actions = ["aws:drop_strict"]
  stateful_engine_options { rule_order = "STRICT_ORDER" }`;
const reference = (stage: string, more = '', arn = 'aws_networkfirewall_rule_group.it.arn') =>
  `${stage}_rule_group_reference {\npriority = 1\nresource_arn = ${arn}\n${more}\n}`;
const group = (source: string) => `resource "aws_networkfirewall_rule_group" "it" {
  rule_group {
    rule_variables {
      ip_sets {
        key = "OFFICE"
        ip_set { definition = ["203.0.113.0/24"] }
      }
    }
    rules_source {
      ${source}
    }
  }
}`;
const rule = (action: string, fields: Record<string, string> = {}, option = 'sid') => {
  const header = {
    protocol: 'TCP',
    source: 'ANY',
    source_port: 'ANY',
    direction: 'FORWARD',
    destination: 'ANY',
    destination_port: '22',
    ...fields,
  };
  const lines = Object.entries(header).map(([name, value]) => `${name} = "${value}"`);
  return `stateful_rule {\naction = "${action}"\nheader {\n${lines.join('\n')}\n}\nrule_option {\nkeyword = "${option}"\n}\n}`;
};

const GUARD = 'aws_networkfirewall_firewall.it/aws_subnet.web';
const inward = (rules: readonly string[]) => rules.filter((text) => text.startsWith('ingress'));
const stateful = async (said: string, source: string) => {
  const found = await facts(network(policy(`${said}\n${reference('stateful')}`, group(source))));
  return inward(found.rules(`${GUARD}/stateful`));
};

describe('stateful rules', () => {
  const REST = 'ingress deny 0.0.0.0/0 everything';

  test.each([
    [rule('PASS'), ['ingress allow 0.0.0.0/0 tcp/22']],
    [rule('ALERT'), []],
    [rule('REJECT', { destination_port: '8000:8010' }), ['ingress deny 0.0.0.0/0 tcp/8000-8010']],
    [rule('DROP', { source_port: '1024' }), []],
    [rule('PASS', { source: '$OFFICE', destination: '10.0.1.0/24' }), ['ingress allow 203.0.113.0/24 tcp/22']],
    [rule('PASS', { source: '[203.0.113.1,203.0.113.2/32]' }), 2],
    [rule('PASS', { destination: '10.0.2.0/24' }), []],
    [rule('PASS', { destination: '10.0.1.7/32' }), ['ingress allow 0.0.0.0/0 tcp/22 perhaps']],
    [rule('PASS', { protocol: 'IP', destination_port: 'ANY' }), ['ingress allow 0.0.0.0/0 everything']],
    [rule('PASS', { protocol: 'TLS', destination_port: '443' }), ['ingress allow 0.0.0.0/0 any/443 perhaps']],
    [rule('PASS', {}, 'flow'), ['ingress allow 0.0.0.0/0 tcp/22 perhaps']],
    [rule('PASS', { source: '$UNSAID' }), ['ingress allow unknown anybody tcp/22']],
    [
      rule('DROP', { source: '10.0.1.0/24', destination: '203.0.113.0/24', direction: 'ANY', destination_port: 'ANY' }),
      ['ingress deny 203.0.113.0/24 tcp/*'],
    ],
  ])('%s', async (source, said) => {
    const found = await stateful(STRICT, source);
    if (typeof said === 'number') expect(found).toHaveLength(said);
    else expect(found).toEqual(said);
  });

  test('in strict order are asked as they are written, and the rest is dropped', async () => {
    const source = `${rule('DROP')}\n${rule('PASS', { protocol: 'IP', destination_port: 'ANY' })}`;
    expect(await stateful(STRICT, source)).toEqual([
      'ingress deny 0.0.0.0/0 tcp/22',
      'ingress allow 0.0.0.0/0 everything',
    ]);
    const found = await facts(network(policy(`${STRICT}\n${reference('stateful')}`, group(source))));
    expect(found.guard(`${GUARD}/stateful`).grants.filter(({ implicit }) => implicit)).toMatchObject([
      { verdict: 'deny', direction: 'ingress' },
      { verdict: 'deny', direction: 'egress' },
    ]);
  });

  test('otherwise pass before they drop, and the rest passes', async () => {
    const source = `${rule('DROP', { protocol: 'IP', destination_port: 'ANY' })}\n${rule('PASS')}`;
    expect(await stateful(FORWARD, source)).toEqual(['ingress allow 0.0.0.0/0 tcp/22', REST]);
  });

  test.each([
    ['rules_string = "drop tcp any any -> any 22 (sid:1;)"', /Suricata/],
    [
      'rules_source_list {\ngenerated_rules_type = "DENYLIST"\ntarget_types = ["TLS_SNI"]\ntargets = ["example.com"]\n}',
      /names of others/,
    ],
  ])('%s leave it open, with the reason', async (source, because) => {
    const found = await facts(network(policy(`${FORWARD}\n${reference('stateful')}`, group(source))));
    const { grants } = found.guard(`${GUARD}/stateful`);
    expect(grants.filter(({ direction }) => direction === 'ingress').map(({ verdict }) => verdict)).toEqual([
      'allow',
      'deny',
    ]);
    expect(grants.every(({ perhaps }) => because.test(perhaps?.because ?? ''))).toBe(true);
    expect(found.notices.some(({ message }) => because.test(message))).toBe(true);
  });

  test('of others are not in the code, unless they only tell', async () => {
    const arn =
      '"arn:aws:network-firewall:eu-west-1:aws-managed:stateful-rulegroup/ThreatSignaturesScannersStrictOrder"';
    const of = async (more: string) =>
      (await facts(network(policy(`${FORWARD}\n${reference('stateful', more, arn)}`)))).guard(`${GUARD}/stateful`);
    expect((await of('')).grants[0]?.perhaps?.because).toBe(
      'the rules of ThreatSignaturesScannersStrictOrder are not in the code',
    );
    expect((await of('override { action = "DROP_TO_ALERT" }')).grants).toEqual([]);
  });
});

describe('stateless rules', () => {
  const packet = (priority: number, action: string, match: string) => `stateless_rule {
    priority = ${priority}
    rule_definition {
      actions = ["${action}"]
      match_attributes {
        ${match}
      }
    }
  }`;
  const SSH = 'protocols = [6]\ndestination_port {\nfrom_port = 22\nto_port = 22\n}';

  test('are asked by priority, before the others', async () => {
    const source = `stateless_rules_and_custom_actions {
      ${packet(20, 'aws:drop', SSH)}
      ${packet(10, 'aws:forward_to_sfe', `${SSH}\nsource {\naddress_definition = "203.0.113.0/24"\n}`)}
    }`;
    const found = await facts(network(policy(`${FORWARD}\n${reference('stateless')}`, group(source))));
    expect(inward(found.rules(GUARD))).toEqual(['ingress pass 203.0.113.0/24 tcp/22', 'ingress deny 0.0.0.0/0 tcp/22']);
    expect(found.guard(GUARD)).toMatchObject({ layer: 2, tier: 0 });
    expect(found.guard(`${GUARD}/stateful`)).toMatchObject({ layer: 2, tier: 1 });
  });

  test('that pass leave open what becomes of the answers', async () => {
    const source = `stateless_rules_and_custom_actions {\n${packet(10, 'aws:pass', SSH)}\n}`;
    const of = async (otherwise: string) => {
      const said = policy(`stateless_default_actions = ["${otherwise}"]\n${reference('stateless')}`, group(source));
      return inward((await facts(network(said))).rules(GUARD));
    };
    expect(await of('aws:drop')).toEqual(['ingress allow 0.0.0.0/0 tcp/22 perhaps']);
    expect(await of('aws:pass')).toEqual(['ingress allow 0.0.0.0/0 tcp/22']);
  });
});

describe('routes', () => {
  const PLAIN = policy(`${STRICT}\n${reference('stateful')}`, group(rule('PASS')));
  const addresses = async (written: string) => (await facts(written)).workload('aws_instance.it').publicAddresses ?? [];

  test('through a firewall lead to the internet where its subnets have one', async () => {
    expect(await addresses(network(PLAIN))).toMatchObject([{ asked: true }]);
    expect((await addresses(network(PLAIN)))[0]?.unknown).toBeUndefined();
    expect(await addresses(network(PLAIN, { beyond: 'nat_gateway_id = "nat-1"' }))).toEqual([]);
  });

  test('to an endpoint that is not in the code may lead there', async () => {
    const [address] = await addresses(network(PLAIN, { endpoint: 'var.unsaid' }));
    expect(address?.unknown?.because).toMatch(/endpoint/);
  });

  test('one way alone leave it open what a firewall keeps out', async () => {
    const found = await facts(network(PLAIN, { edge: '' }));
    expect(inward(found.rules(`${GUARD}/stateful`))).toEqual(['ingress allow 0.0.0.0/0 tcp/22 perhaps']);
  });

  test('around it are none of its business', async () => {
    const [around] = (await facts(network(PLAIN))).guard(GUARD).grants;
    expect(around).toMatchObject({ verdict: 'allow', implicit: true });
    const peers = around?.peers.map((peer) => (peer.kind === 'addresses' ? peer.cidr : 'workloads'));
    expect(peers).toEqual(['workloads', 'workloads', '0.0.0.0/0', '::/0']);
    const [, , short, long] = around?.peers ?? [];
    expect(long).toMatchObject({ except: [] });
    const except = short?.kind === 'addresses' ? short.except : [];
    expect(except).toContain('128.0.0.0/1');
    expect(except.some((cidr) => cidr.startsWith('10.0.'))).toBe(false);
  });

  test('of nobody make it guard nobody', async () => {
    const found = await facts(network(PLAIN, { endpoint: '"vpce-1"', edge: '' }));
    expect(found.guards.filter(({ kind }) => kind === 'firewall')).toEqual([]);
  });
});

test('a policy that is not in the code may let through anything, and keep out anything', async () => {
  const found = await facts(network('').replace('aws_networkfirewall_firewall_policy.it.arn', 'var.unsaid'));
  const { grants } = found.guard(GUARD);
  expect(grants.filter(({ perhaps }) => !perhaps)).toHaveLength(2);
  expect(grants.some(({ perhaps }) => /policy/.test(perhaps?.because ?? ''))).toBe(true);
});
