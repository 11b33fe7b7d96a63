// Mistakes that somebody could make in the semantics of Kubernetes reachability, each as one change to one file. Every one of
// them has to be noticed by some test (`npm run mutants`); `find` stands exactly once in its file (src/mutants.test.ts).

const ADAPTER = 'src/adapters/kubernetes';
const POLICY = `${ADAPTER}/network-policy.ts`;
const RULE = `${ADAPTER}/network-policy-rule.ts`;
const ADMIN = `${ADAPTER}/admin-policy.ts`;
const REACH = 'src/graph/reach';

/**
 * By rule (reachability.md §2), most of them from the table of mistakes that others' expectations do or do not notice (§3.2).
 *
 * @type {readonly { readonly name: string, readonly file: string, readonly find: string, readonly replace: string }[]}
 */
export const MUTANTS = [
  // NetworkPolicies
  {
    name: 'R1 a policy selects pods of every namespace',
    file: POLICY,
    find: 'subject: { namespace: object.namespace, requirements,',
    replace: 'subject: { namespace: null, namespaces: [], requirements,',
  },
  {
    name: 'R2 egress is not evaluated',
    file: `${REACH}/ready-guards.ts`,
    find: 'if (priority === null && !isolates.includes(direction)) return null;',
    replace: "if (direction === 'egress' || (priority === null && !isolates.includes(direction))) return null;",
  },
  {
    name: 'R3 explicit policyTypes are ignored',
    file: POLICY,
    find: 'if (types.length === 0) return itemsOf',
    replace: 'return itemsOf',
  },
  {
    name: 'R3 without policyTypes both directions are isolated',
    file: POLICY,
    find: "itemsOf(at(spec, 'egress')).length > 0 ? DIRECTIONS : ['ingress']",
    replace: 'DIRECTIONS',
  },
  {
    name: 'R3 without policyTypes egress is never isolated',
    file: POLICY,
    find: "itemsOf(at(spec, 'egress')).length > 0 ? DIRECTIONS : ['ingress']",
    replace: "['ingress']",
  },
  {
    name: 'R3 an empty list of egress rules isolates',
    file: POLICY,
    find: "itemsOf(at(spec, 'egress')).length > 0",
    replace: "at(spec, 'egress') !== undefined",
  },
  {
    name: 'R4 policies are intersected, not joined',
    file: `${REACH}/decision.ts`,
    find: 'const denied = algebra.subtract(algebra.intersect(open, isolated), certain);',
    replace: `const each = together.map(({ applies }, i) => algebra.subtract(applies.must, granted[i].must));
  const denied = algebra.intersect(open, algebra.union(each));`,
  },
  {
    name: 'R5 what leaves is let in',
    file: `${REACH}/callers.ts`,
    find: 'const into = letIn(to).classes(place);',
    replace: 'const into = letOut(to).callers(place);',
  },
  {
    name: 'R6 no peers are nobody',
    file: `${REACH}/peers.ts`,
    find: 'if (peers.length === 0) return { must: space.all, may: space.all };',
    replace: 'if (peers.length === 0) return { must: space.none, may: space.none };',
  },
  {
    name: 'R6 no peers are no addresses',
    file: `${REACH}/peers.ts`,
    find: 'if (grant.peers.length === 0) return { must: numbers.all, may: numbers.all };',
    replace: 'if (grant.peers.length === 0) return { must: numbers.none, may: numbers.none };',
  },
  {
    name: 'R6 no ports are no port',
    file: `${REACH}/ports.ts`,
    find: 'if (ports.length === 0) return everyPort;',
    replace: '',
  },
  {
    name: 'R7 a podSelector alone means pods of every namespace',
    file: RULE,
    find: 'selector: { namespace, requirements: labels, origin }, origin };',
    replace: 'selector: { namespace: null, namespaces: [], requirements: labels, origin }, origin };',
  },
  {
    name: 'R7 a namespaceSelector is not read',
    file: RULE,
    find: 'const selector = { namespace: null, namespaces: where, requirements: labels, origin };',
    replace: 'const selector = { namespace: null, namespaces: [], requirements: labels, origin };',
  },
  {
    name: 'R7 two selectors in one peer are two peers',
    file: RULE,
    find: 'const selector = { namespace: null, namespaces: where, requirements: labels, origin };',
    replace: `const own = { namespace, requirements: labels, origin };
  if (pods) return [own, { namespace: null, namespaces: where, requirements: [], origin }]
    .map((selector) => ({ kind: 'workloads', selector, origin }));
  const selector = { namespace: null, namespaces: where, requirements: labels, origin };`,
  },
  {
    name: 'R7 a peer that says nothing is everybody',
    file: RULE,
    find: '|| (!block && !pods && !namespaces)) {',
    replace: ') {',
  },
  {
    name: 'R8 NotIn needs the key',
    file: `${REACH}/label-index.ts`,
    find: 'return negative(listed());',
    replace: 'return positive(space.subtract(having(), listed()));',
  },
  {
    name: 'R8 DoesNotExist is Exists',
    file: `${REACH}/label-index.ts`,
    find: 'return negative(having());',
    replace: 'return positive(having());',
  },
  {
    name: 'R8 one requirement of several is enough',
    file: `${REACH}/label-index.ts`,
    find: 'if (space.isEmpty(met.may)) break;',
    replace: 'break;',
  },
  {
    name: 'R9 except is ignored',
    file: RULE,
    find: "return { kind: 'addresses', cidr, except: except.map((item) => textOf(item) ?? ''), origin };",
    replace: "return { kind: 'addresses', cidr, except: [], origin };",
  },
  {
    name: 'R9 on paper ranges mean pods',
    file: `${REACH}/peers.ts`,
    find: "const meant = profile === 'declared' ? false : (peer.workloads ?? addressesMatchWorkloads);",
    replace: 'const meant = peer.workloads ?? addressesMatchWorkloads;',
  },
  {
    name: 'R9 ranges mean pods for sure',
    file: `${REACH}/peers.ts`,
    find: 'must: meant === true && covers(set, IPV4),',
    replace: 'must: meant !== false && (vague || !isEmpty(intersect(set, PRIVATE))),',
  },
  {
    name: 'R9 the range of all addresses means pods only perhaps',
    file: `${REACH}/peers.ts`,
    find: 'must: meant === true && covers(set, IPV4),',
    replace: 'must: false,',
  },
  {
    name: 'R9 ranges mean pods whatever the plugin',
    file: `${REACH}/peers.ts`,
    find: 'meant !== false && (vague || !isEmpty(intersect(set, PRIVATE)))',
    replace: '(vague || !isEmpty(intersect(set, PRIVATE)))',
  },
  {
    name: 'R9 public ranges mean pods',
    file: `${REACH}/peers.ts`,
    find: '(vague || !isEmpty(intersect(set, PRIVATE)))',
    replace: '(vague || !isEmpty(set))',
  },
  {
    name: 'R10 callers keep their address behind a node port',
    file: 'src/graph/exposure/past-guards.ts',
    find: 'return door.rewritesSource ? rewritten(door, access, listener) : kept(access, listener);',
    replace: 'return kept(access, listener);',
  },
  {
    name: 'R10 a hostPort keeps the address of the caller',
    file: `${ADAPTER}/workload.ts`,
    find: 'rewritesSource: true,',
    replace: 'rewritesSource: false,',
  },
  {
    name: 'R10 R38 externalTrafficPolicy is ignored',
    file: `${ADAPTER}/service.ts`,
    find: "rewritesSource: textOf(at(spec, 'externalTrafficPolicy')) !== 'Local',",
    replace: 'rewritesSource: true,',
  },
  {
    name: 'R11 the default protocol is any',
    file: RULE,
    find: 'if (!last) return { protocol, ports: onePort(from), origin };',
    replace: "if (!last) return { protocol: at(port, 'protocol') ? protocol : null, ports: onePort(from), origin };",
  },
  { name: 'R11 SCTP is not known', file: RULE, find: "['SCTP', 'sctp'],", replace: '' },
  {
    name: 'R12 a name that nothing has means every port',
    file: `${REACH}/ports.ts`,
    find: ': calledSo(port, owner.declared).map((each) => range(each.protocol, each.ports)),',
    replace: `: calledSo(port, owner.declared).length === 0
              ? [range(port.protocol, null)]
              : calledSo(port, owner.declared).map((each) => range(each.protocol, each.ports)),`,
  },
  {
    name: 'R12 a name means ports of any protocol',
    file: `${REACH}/ports.ts`,
    find: 'each.name === ports && (protocol === null || each.protocol === protocol)',
    replace: 'each.name === ports',
  },
  {
    name: 'R12 containers that are over by then have ports',
    file: `${REACH}/guarded-classes.ts`,
    find: "fact.role === 'init' ? [] :",
    replace: '',
  },
  {
    name: 'R12 pods with other numbers for a name are not told apart',
    file: `${REACH}/guarded-classes.ts`,
    find: ' ${named.key} ${machine}',
    replace: ' ${machine}',
  },
  {
    name: 'R13 endPort is ignored',
    file: RULE,
    find: "return { protocol, ports: { from, to }, origin: lineAt(port, 'port', origin) };",
    replace: "return { protocol, ports: { from, to: from }, origin: lineAt(port, 'port', origin) };",
  },
  {
    name: 'R13 an endPort below its port is taken',
    file: RULE,
    find: 'if (to === undefined || to < from)',
    replace: 'if (to === undefined)',
  },
  {
    name: 'R15 the network of the host is guarded',
    file: `${REACH}/guarded-classes.ts`,
    find: "const machine = profile === 'declared' || !fact.hostNetwork ? null",
    replace: 'const machine = fact ? null',
  },
  {
    name: 'R15 selectors mean pods on the network of the host',
    file: `${REACH}/selectors.ts`,
    find: 'overlap(space, select(selector), pickable)',
    replace: 'select(selector)',
  },
  {
    name: 'R15 on paper the network of the host is not guarded',
    file: `${REACH}/guarded-classes.ts`,
    find: "const machine = profile === 'declared' || !fact.hostNetwork ? null",
    replace: 'const machine = !fact.hostNetwork ? null',
  },
  {
    name: 'R16 nodes are guarded against',
    file: `${REACH}/callers.ts`,
    find: 'const beside = { must: machines(true), may: machines(false) };',
    replace: 'const beside = { must: space.none, may: space.none };',
  },
  {
    name: 'R16 every pod on the network of the host runs on every node',
    file: `${REACH}/callers.ts`,
    find: 'const beside = { must: machines(true), may: machines(false) };',
    replace: 'const beside = { must: machines(false), may: machines(false) };',
  },
  {
    name: 'R16 a DaemonSet runs on every node whatever it asks for',
    file: `${ADAPTER}/workload.ts`,
    find: "return [...entriesOf(at(spec, 'nodeSelector'))].length === 0;",
    replace: 'return true;',
  },
  {
    name: 'R19 D13 namespaces that nobody defines have no name for a label',
    file: `${ADAPTER}/segment.ts`,
    find: 'const labels = new Map([[NAME_LABEL, namespace]]);',
    replace: 'const labels = new Map();',
  },
  {
    name: 'R19 a manifest may claim another name',
    file: `${ADAPTER}/segment.ts`,
    find: "new Map([...labelsOf(at(object.root, 'metadata', 'labels')), [NAME_LABEL, object.name]])",
    replace: "new Map([[NAME_LABEL, object.name], ...labelsOf(at(object.root, 'metadata', 'labels'))])",
  },
  {
    name: 'R19 namespaces that nobody defines have known labels',
    file: `${ADAPTER}/segment.ts`,
    find: 'labels, labelsOpen: true });',
    replace: 'labels });',
  },
  {
    name: 'R20 pods have the labels of their controller',
    file: `${ADAPTER}/workload.ts`,
    find: "labels: labelsOf(at(template.metadata, 'labels')),",
    replace: "labels: labelsOf(at(object.root, 'metadata', 'labels')),",
  },
  {
    name: 'R20 pods of one controller count one by one',
    file: `${ADAPTER}/pods.ts`,
    find: 'if (made.has(alike)) return [];',
    replace: '',
  },
  {
    name: 'R20 a node owns its pods',
    file: `${ADAPTER}/owner.ts`,
    find: "kind.toLowerCase() !== 'node' && ",
    replace: '',
  },
  {
    name: 'R21 guards hold although nothing enforces them',
    file: `${REACH}/relate.ts`,
    find: "const inert = assume.profile === 'effective' && assume.guardsEnforced === false;",
    replace: 'const inert = false;',
  },

  // Policies for whole clusters
  {
    name: 'R22 the tier Baseline is the tier Admin',
    file: ADMIN,
    find: "if (tier === 'Baseline') return BASELINE_TIER;",
    replace: "if (tier === 'Baseline') return ADMIN_TIER;",
  },
  {
    name: 'R22 Allow is taken by the new kind',
    file: ADMIN,
    find: "verdicts: new Map([['Accept', 'allow'], ...PASS]),",
    replace: "verdicts: new Map([['Accept', 'allow'], ['Allow', 'allow'], ...PASS]),",
  },
  {
    name: 'R23 the baseline comes before NetworkPolicies',
    file: ADMIN,
    find: 'export const BASELINE_TIER = STANDARD_TIER + 500_000;',
    replace: 'export const BASELINE_TIER = STANDARD_TIER - 400_000;',
  },
  {
    name: 'R23 the baseline is asked although NetworkPolicies isolate',
    file: `${REACH}/decision.ts`,
    find: 'return algebra.subtract(open, isolated);',
    replace: 'return open;',
  },
  {
    name: 'R23 the admin tier comes after NetworkPolicies',
    file: ADMIN,
    find: 'export const ADMIN_TIER = STANDARD_TIER - 500_000;',
    replace: 'export const ADMIN_TIER = STANDARD_TIER + 400_000;',
  },
  {
    name: 'R24 higher priorities are asked first',
    file: `${REACH}/profiles.ts`,
    find: 'inOrder: ascending(ordered),',
    replace: 'inOrder: ascending(ordered).reverse(),',
  },
  {
    name: 'R24 of equal priorities the first is asked first',
    file: `${REACH}/profiles.ts`,
    find: 'inOrder: ascending(ordered),',
    replace: 'inOrder: ascending(ordered).flatMap((equals) => equals.map((one) => [one])),',
  },
  {
    name: 'R24 deny wins whatever the order of rules',
    file: `${REACH}/ready-guards.ts`,
    find: 'return counting.map((grant) =>',
    replace: `const first = ({ verdict }) => Number(verdict === 'deny');
    return counting.sort((a, b) => first(b) - first(a)).map((grant) =>`,
  },
  {
    name: 'R24 a priority over 1000 is taken',
    file: ADMIN,
    find: 'if (priority === undefined || priority < 0 || priority > 1000) {',
    replace: 'if (priority === undefined) {',
  },
  {
    name: 'R25 Pass is Allow',
    file: ADMIN,
    find: "['Pass', 'pass'],",
    replace: "['Pass', 'allow'],",
  },
  {
    name: 'R25 Pass is ignored',
    file: ADMIN,
    find: "const name = textOf(at(rule, 'name'));",
    replace: "if (verdict === 'pass') return [];\n  const name = textOf(at(rule, 'name'));",
  },
  {
    name: 'R25 Pass leaves out the next tier too',
    file: `${REACH}/decision.ts`,
    find: 'open = algebra.union([left, ...outcome.pass]);',
    replace: 'open = left;\n    outcome.allow.push(...outcome.pass);',
  },
  {
    name: 'R26 policies for clusters isolate',
    file: `${REACH}/decision.ts`,
    find: 'return algebra.subtract(open, algebra.union(decided));',
    replace: 'outcome.deny.push(algebra.subtract(open, algebra.union(decided)));\n  return algebra.none;',
  },
  {
    name: 'R27 the namespaces of a subject are not asked for',
    file: ADMIN,
    find: ': { namespace: null, namespaces: requirements, requirements: [], origin };',
    replace: ': { namespace: null, namespaces: [], requirements: [], origin };',
  },
  {
    name: 'R27 the namespaces of pods are not asked for',
    file: `${ADAPTER}/admin-policy-peer.ts`,
    find: 'return isUnknown(namespaces) ? namespaces : { namespace: null, namespaces, requirements, origin };',
    replace: 'return isUnknown(namespaces) ? namespaces : { namespace: null, namespaces: [], requirements, origin };',
  },
  {
    name: 'R28 a named port is one of TCP',
    file: `${ADAPTER}/admin-policy-port.ts`,
    find: 'ports.push({ protocol: null, ports: name, origin });',
    replace: "ports.push({ protocol: 'tcp', ports: name, origin });",
  },
  {
    name: 'R28 a range may end where it starts',
    file: `${ADAPTER}/admin-policy-port.ts`,
    find: 'if (from !== undefined && to !== undefined && from < to)',
    replace: 'if (from !== undefined && to !== undefined)',
  },
  {
    name: 'R28 a protocol without a port is no port',
    file: `${ADAPTER}/admin-policy-port.ts`,
    find: 'if (!port) return { protocol, ports: null };',
    replace: 'if (!port) return undefined;',
  },
  {
    name: 'R29 networks never mean pods',
    file: `${ADAPTER}/admin-policy-peer.ts`,
    find: 'except: [], workloads: true, origin: item.origin }',
    replace: 'except: [], workloads: false, origin: item.origin }',
  },
  {
    name: 'R29 networks mean pods as far as the plugin says',
    file: `${ADAPTER}/admin-policy-peer.ts`,
    find: 'except: [], workloads: true, origin: item.origin }',
    replace: 'except: [], origin: item.origin }',
  },
  {
    name: 'R29 nodes and domain names are nobody',
    file: `${REACH}/peers.ts`,
    find: 'const made = { must, may: named.vague && !declared ? numbers.all : must };',
    replace: 'const made = { must, may: must };',
  },
  {
    name: 'R30 what denies fails open',
    file: ADMIN,
    find: "return grant.verdict === 'allow' ? [] : [",
    replace: "return grant.verdict !== 'nothing' ? [] : [",
  },
  {
    name: 'R30 what admits fails open',
    file: ADMIN,
    find: "return grant.verdict === 'allow' ? [] : [",
    replace: "return grant.verdict === 'allow' ? [{ ...grant, peers: [], ports: [] }] : [",
  },
  {
    name: 'R30 what passes still passes',
    file: ADMIN,
    find: "[{ ...grant, verdict: 'deny', peers: [], ports: [] }]",
    replace: '[{ ...grant, peers: [], ports: [] }]',
  },
  {
    name: 'R31 rules beyond what the API takes are dropped',
    file: ADMIN,
    find: 'return rules.flatMap((rule, index) =>',
    replace: 'return rules.slice(0, dialect.most).flatMap((rule, index) =>',
  },

  // Services and what leads in from outside
  {
    name: 'R32 a Service selects pods of every namespace',
    file: `${ADAPTER}/service.ts`,
    find: '? { namespace: object.namespace, requirements, origin: selector.keyOrigin }',
    replace: '? { namespace: null, namespaces: [], requirements, origin: selector.keyOrigin }',
  },
  {
    name: 'R33 an Ingress calls the port of the Service',
    file: 'src/graph/gateway/forward.ts',
    find: 'follow(behind, inner, way).map((reached) => ({ ...reached, outside: door.ports })),',
    replace:
      'follow(behind, inner, way).map((reached) => ({ ...reached, ports: inner.ports ?? reached.ports, outside: door.ports })),',
  },
  {
    name: 'R33 targetPort is ignored',
    file: `${ADAPTER}/service.ts`,
    find: 'const targetPort = written || number;',
    replace: 'const targetPort = number;',
  },
  {
    name: 'R33 a named target port has any protocol',
    file: 'src/graph/gateway/forward.ts',
    find: 'each.name === port && each.protocol === protocol',
    replace: 'each.name === port',
  },
  {
    name: 'R34 a cluster IP is an address of nodes',
    file: `${ADAPTER}/service.ts`,
    find: '{ ...inside, place: cluster },',
    replace: "{ ...inside, place: { kind: 'nodes' } },",
  },
  {
    name: 'R35 load balancers bring no node ports along',
    file: `${ADAPTER}/service.ts`,
    find: "if (service.type !== 'NodePort' && service.type !== 'LoadBalancer') return [];",
    replace: "if (service.type !== 'NodePort') return [];",
  },
  {
    name: 'R35 allocateLoadBalancerNodePorts is ignored',
    file: `${ADAPTER}/service.ts`,
    find: "booleanOf(at(service.spec, 'allocateLoadBalancerNodePorts')) !== false",
    replace: 'true',
  },
  {
    name: 'R35 S3 the node ports of load balancers are asked for',
    file: `${ADAPTER}/service.ts`,
    find: "implicit: service.type === 'LoadBalancer' && allocated,",
    replace: 'implicit: false,',
  },
  {
    name: 'R36 annotations do not make load balancers internal',
    file: `${ADAPTER}/balancer.ts`,
    find: 'return toldInternal(annotations) ?? byClass(spec, annotations);',
    replace: 'return byClass(spec, annotations);',
  },
  {
    name: 'R36 loadBalancerSourceRanges are ignored',
    file: `${ADAPTER}/balancer.ts`,
    find: 'if (entry && ranges.length > 0) return',
    replace: 'if (entry && ranges.length < 0) return',
  },
  {
    name: 'R37 externalIPs are ignored',
    file: `${ADAPTER}/service.ts`,
    find: "textsOf(at(spec, 'externalIPs'))",
    replace: '[]',
  },
  {
    name: 'R39 hostIP is ignored',
    file: `${ADAPTER}/workload.ts`,
    find: "place: placeOf(textOf(at(port.entry, 'hostIP'))),",
    replace: "place: { kind: 'nodes' },",
  },
  {
    name: 'R39 hostPort is ignored',
    file: `${ADAPTER}/workload.ts`,
    find: 'return hostPort ? [',
    replace: 'return hostPort === -1 ? [',
  },
  {
    name: 'R40 an Ingress ignores policies',
    file: 'src/graph/exposure/past-guards.ts',
    find: "if (door.by || door.place.kind === 'proxy') return proxied(door, access, listener);",
    replace: "if (door.by || door.place.kind === 'proxy') return [{ access, passed: null }];",
  },
  {
    name: 'R40 connections of an Ingress ignore policies',
    file: 'src/graph/connections/outside.ts',
    find: 'const verdict = relation.admitsStrangers(',
    replace: "const verdict = group ? 'reachable' : relation.admitsStrangers(",
  },
  {
    name: 'R40 an Ingress leads into other namespaces',
    file: 'src/graph/gateway/forward.ts',
    find: 'return JSON.stringify([kind, namespace, name]);',
    replace: 'return JSON.stringify([kind, name]);',
  },
  {
    name: 'R40 the default backend is ignored',
    file: `${ADAPTER}/ingress.ts`,
    find: "const fallback = at(spec, 'defaultBackend') ?? at(spec, 'backend');",
    replace: "const fallback = at(spec, 'backend');",
  },
  {
    name: 'R41 a listener takes routes of every namespace',
    file: 'src/graph/gateway/admission.ts',
    find: "if (wanted === 'same') return own === from;",
    replace: "if (wanted === 'same') return true;",
  },
  {
    name: 'R41 where nothing says all namespaces are welcome',
    file: `${ADAPTER}/gateway-api/gateway.ts`,
    find: "switch (textOf(from) ?? 'Same') {",
    replace: "switch (textOf(from) ?? 'All') {",
  },
  {
    name: 'R41 a listener takes routes of every kind',
    file: 'src/graph/gateway/admission.ts',
    find: 'if (admits.routes !== null && !admits.routes.includes(place.route))',
    replace: 'if (admits.routes === undefined)',
  },
  {
    name: 'R41 host names need not meet',
    file: 'src/graph/gateway/admission.ts',
    find: "if (!common) return { refusal: 'host' };",
    replace: 'if (!common) return { hosts, doubt: null };',
  },
  {
    name: 'R41 a route gets to every listener whatever it asks for',
    file: 'src/graph/gateway/admission.ts',
    find: "if (!named || !there) return { refusal: 'door' };",
    replace: '',
  },
  {
    name: 'R41 routes cross namespaces without a grant',
    file: 'src/graph/gateway/permit.ts',
    find: "if (target.kind !== 'gateway' || !target.crossing) return door;",
    replace: "if (target.kind !== 'none') return door;",
  },
  {
    name: 'R41 a grant for one Service is one for all',
    file: `${ADAPTER}/gateway-api/permit.ts`,
    find: "const name = textOf(at(to, 'name')) ?? null;",
    replace: 'const name = null;',
  },
  {
    name: 'R42 the alternate backends of a Route are ignored',
    file: `${ADAPTER}/openshift-route.ts`,
    find: 'const all = [...(to ? [to] : []), ...(isUnknown(others) ? [others] : others)];',
    replace: 'const all = [...(to ? [to] : [])];',
  },
  {
    name: 'R42 a Route leads to ports of the Service alone',
    file: `${ADAPTER}/openshift-route.ts`,
    find: 'port, loose: true, origin };',
    replace: 'port, origin };',
  },
  {
    name: 'S10 IPv6 is left out',
    file: `${REACH}/peers.ts`,
    find: 'const whole = declared ? { v4: ALL_ADDRESSES.v4, v6: [] } : ALL_ADDRESSES;',
    replace: 'const whole = { v4: ALL_ADDRESSES.v4, v6: [] };',
  },
  {
    name: '§4.6 who admits labels that nothing here has admits nobody',
    file: `${REACH}/labels.ts`,
    find: 'isHidden(each) || meets(labels, each)',
    replace: 'meets(labels, each)',
  },
  {
    name: '§4.6 of a namespace that is not here selectors find nothing',
    file: `${REACH}/guard.ts`,
    find: "return here ? 'unattached' : 'unknown';",
    replace: "return 'unattached';",
  },
];
