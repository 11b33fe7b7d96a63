import { isInternet } from '../../graph/exposure/access.ts';
import type { Direction } from '../../graph/fragment.ts';
import { PURPOSES } from '../../graph/fragment.ts';
import { ALL_ADDRESSES, covers, NO_ADDRESSES, unionOf } from '../../graph/sets/address-set.ts';
import { type Container, ROLES, type Workload } from '../../graph/vocabulary.ts';
import { matchesGlob } from '../../source/glob.ts';
import { type Unknown, unknown } from '../../source/value.ts';
import { type Answer, type Facts, firstOf, subject, workloadInstance, workloadNames } from './table.ts';
import { traitMethods } from './traits.ts';

export const workload = subject<Workload>({
  about: 'Something that runs and can listen or call: a container, a pod controller, a machine, a managed service.',
  all: (facts) => facts.environment.workloads,
  at: 'workload.origin',
  edge: (workload) => ({
    names: workloadNames(workload),
    instance: workloadInstance(workload),
    workload,
    technology: workload.technology,
  }),
  variables: {},
  fields: {
    name: {
      type: 'string',
      about: 'Its name; of what a controller runs, the name of the controller.',
      example: 'workload.name == "web"',
      read: (workload) => workload.name,
    },
    namespace: {
      type: 'string',
      about: 'Its namespace; empty where it has none.',
      example: 'workload.namespace == "kube-system"',
      read: (workload) => workload.namespace ?? '',
    },
    kind: {
      type: 'string',
      about: 'What it is: `compose-service`, `deployment`, `pod`, `image` and more.',
      example: 'workload.kind == "deployment"',
      read: (workload) => workload.kind,
    },
    technology: {
      type: 'string',
      about: 'What it is written in.',
      values: ['compose', 'kubernetes', 'terraform', 'source', 'docker'],
      example: 'workload.technology == "compose"',
      read: (workload) => workload.technology,
    },
    image: {
      type: 'string',
      about: 'The image of its first main container, as it would be pulled; unknown where the code does not say.',
      example: 'workload.image.glob("*/postgres:*")',
      read: (workload) =>
        mainOf(workload)?.image ?? unknown(`the image of ${workload.name} is not named`, firstOf(workload.origins)),
    },
    purpose: {
      type: 'string',
      about:
        'What it is there for: a program, a machine with whatever is put on it, a backend that programs beside it use (a database), a service of the platform that whoever has a key calls (a store of objects), a front that is made to be called from outside, the control plane of others.',
      values: PURPOSES,
      example: 'workload.purpose == "backend"',
      read: (workload) => workload.purpose ?? 'program',
    },
    answersOnly: {
      type: 'bool',
      about: 'It answers, and calls nobody by itself: a managed database.',
      example: '!workload.answersOnly',
      read: (workload) => workload.answersOnly === true,
    },
    hostNetwork: {
      type: 'bool',
      about: 'It has the network of its host for its own.',
      example: 'workload.hostNetwork',
      read: (workload) => workload.hostNetwork !== null,
    },
    optional: {
      type: 'bool',
      about: 'It runs only when somebody asks for it.',
      example: '!workload.optional',
      read: (workload) => workload.optional !== null,
    },
    listeners: {
      type: 'list<Listener>',
      about: 'What it listens on.',
      example: 'workload.listeners.exists(l, l.role == "debug")',
      read: (workload, facts) => facts.listenersOf(workload),
    },
    segments: {
      type: 'list<Segment>',
      about: 'Where it sits.',
      example: 'workload.segments.all(s, s.internal)',
      read: (workload) => workload.segments,
    },
    onDefaultNetwork: {
      type: 'bool',
      about: 'It sits where everything sits that names no place.',
      example: 'workload.onDefaultNetwork',
      read: ({ segments }) => {
        const said = segments.flatMap(({ isDefault }) => isDefault ?? []);
        return said.find((each) => each === true) ?? said[0] ?? false;
      },
    },
    egress: {
      type: 'AddressSet',
      about: 'The addresses outside that it gets to, on one port at least; unknown where that is only possible.',
      example: 'workload.egress.size > 65536',
      read: (workload, facts) => egressOf(workload, facts),
    },
    missedBy: {
      type: 'string',
      about:
        'A guard that asks for its labels, but in another namespace, where nothing has them; empty where there is none.',
      example: 'workload.missedBy != ""',
      read: (workload, facts) => {
        const guard = facts.guards.missing(workload);
        return guard ? `${guard.name} in ${guard.namespace}` : '';
      },
    },
    specified: {
      type: 'bool',
      about: 'An approved specification of it stands under `services` in `portolan.yaml`.',
      example: 'workload.specified',
      read: (workload, facts) => facts.serviceOf(workload) !== undefined,
    },
    frontDoor: {
      type: 'bool',
      about: 'Its specification says that it is there for the outside (`public: true`).',
      example: '!workload.frontDoor',
      read: (workload, facts) => facts.serviceOf(workload)?.public === true,
    },
    meantForInside: {
      type: 'bool',
      about: 'Its specification says that it is not there for the outside (`public: false`).',
      example: 'workload.meantForInside',
      read: (workload, facts) => facts.serviceOf(workload)?.public === false,
    },
    publicAddress: {
      type: 'bool',
      about: 'An address of the internet leads straight to it; unknown where the code does not show whether one does.',
      example: 'workload.publicAddress && workload.answersOnly',
      read: ({ publicAddresses = [] }) => {
        const [first] = publicAddresses;
        if (!first || publicAddresses.some((one) => !one.unknown)) return first !== undefined;
        return first.unknown ?? true;
      },
    },
    asksForPublicAddress: {
      type: 'bool',
      about:
        'It surely has an address of the internet, or a line asks for one, whether or not it is known to be led there.',
      example: 'workload.asksForPublicAddress',
      read: ({ publicAddresses = [] }) => publicAddresses.some((one) => !one.unknown || one.asked === true),
    },
    publicAddressOrigin: {
      type: 'Origin',
      about: 'The line that gives it that address; the line that names it where there is none.',
      example: 'workload.publicAddressOrigin',
      read: ({ publicAddresses = [], origins }) =>
        (publicAddresses.find((one) => !one.unknown) ?? publicAddresses[0])?.origin ?? firstOf(origins),
    },
    origin: {
      type: 'Origin',
      about: 'The line that names it.',
      example: 'workload.origin',
      read: (workload) => firstOf(workload.origins),
    },
    strayCheck: {
      type: 'string',
      about:
        'The name of the first port that a health check asks for and its container does not have; empty where there is none.',
      example: 'workload.strayCheck != ""',
      read: (workload) => strayCheckOf(workload)?.port ?? '',
    },
    strayCheckOrigin: {
      type: 'Origin',
      about: 'The line of that check; the line that names the workload where there is none.',
      example: 'workload.strayCheckOrigin',
      read: (workload) => strayCheckOf(workload)?.origin ?? firstOf(workload.origins),
    },
    hostNetworkOrigin: {
      type: 'Origin',
      about: 'The line that gives it the network of its host; the line that names it where none does.',
      example: 'workload.hostNetworkOrigin',
      read: (workload) => workload.hostNetwork ?? firstOf(workload.origins),
    },
  },
  methods: {
    ...traitMethods<Workload>(
      'workload',
      ({ traits, origins }) => ({ traits, origin: firstOf(origins) }),
      'forwards-packets',
    ),
    label: {
      takes: [{ name: 'key', type: 'string' }],
      type: 'string',
      about: 'The value of a label; empty where it has none.',
      example: 'workload.label("app") == "web"',
      call: (workload, [key = '']) => workload.labels.get(key) ?? '',
    },
    guarded: {
      takes: [{ name: 'direction', type: 'string', values: ['ingress', 'egress'] }],
      type: 'bool',
      about: 'In this direction it gets only what guards let through.',
      example: '!workload.guarded("ingress")',
      call: (workload, [direction], facts) => facts.guards.guarded(workload, direction as Direction),
    },
    hasRole: {
      takes: [{ name: 'role', type: 'string', values: ROLES }],
      type: 'bool',
      about: 'One of its listeners has it for its likeliest role.',
      example: 'workload.hasRole("data-store")',
      call: (workload, [role], facts) => facts.listenersOf(workload).some((one) => one.roles[0]?.role === role),
    },
    mounts: {
      takes: [{ name: 'source', type: 'string' }],
      type: 'bool',
      about: 'A container mounts a path of the host, or a volume, that matches the glob.',
      example: 'workload.mounts("/var/run/docker.sock")',
      call: (workload, [source = '']) => mountOf(workload, source) !== undefined,
    },
    mountOrigin: {
      takes: [{ name: 'source', type: 'string' }],
      type: 'Origin',
      about: 'The line of that mount; the line that names the workload where there is none.',
      example: 'workload.mountOrigin("/var/run/docker.sock")',
      call: (workload, [source = '']) => mountOf(workload, source)?.origin ?? firstOf(workload.origins),
    },
    capability: {
      takes: [{ name: 'name', type: 'string' }],
      type: 'bool',
      about: 'A container has a Linux capability added, named without `CAP_`; a privileged one has all.',
      example: 'workload.capability("NET_ADMIN")',
      call: (workload, [name = '']) =>
        workload.containers.some((one) => one.capabilities.includes(name) || one.capabilities.includes('ALL')),
    },
    env: {
      takes: [{ name: 'name', type: 'string' }],
      type: 'string',
      about: 'The value of an environment variable; empty where no container has it, unknown where it is not shown.',
      example: 'workload.env("POSTGRES_HOST_AUTH_METHOD") == "trust"',
      call: (workload, [name = '']) => {
        const variable = variableOf(workload, name);
        if (!variable) return '';
        return variable.value ?? unknown(`the value of ${name} is not shown`, variable.origin);
      },
    },
    envOrigin: {
      takes: [{ name: 'name', type: 'string' }],
      type: 'Origin',
      about: 'The line of that variable; the line that names the workload where there is none.',
      example: 'workload.envOrigin("POSTGRES_HOST_AUTH_METHOD")',
      call: (workload, [name = '']) => variableOf(workload, name)?.origin ?? firstOf(workload.origins),
    },
    command: {
      takes: [{ name: 'pattern', type: 'string' }],
      type: 'bool',
      about:
        'A container is started with a command line that matches the glob, its words joined by one blank; unknown where none does and the code does not show all.',
      example: 'workload.command("*--inspect=0.0.0.0*")',
      call: (workload, [pattern = '']) => {
        const started = runningOf(workload);
        if (started.some(({ command }) => command !== null && matchesGlob(pattern, command.join(' ')))) return true;
        const hidden = started.find(({ command }) => command === null);
        return hidden ? notShown(hidden) : false;
      },
    },
  },
});

/** Where a workload gets to outside; guards decide it, and networks that are cut off. */
function egressOf(workload: Workload, { environment, guards }: Facts): Answer {
  const { segments, hostNetwork } = workload;
  if (hostNetwork === null && segments.length > 0 && segments.every(({ internal }) => internal)) return NO_ADDRESSES;
  const { relation } = environment;
  if (!relation || guards.holding(workload, 'egress').length === 0) return ALL_ADDRESSES;
  const parts = relation.leadsTo(relation.classOf(workload)).map(({ addresses }) => addresses);
  const [must, may] = [unionOf(parts.map((part) => part.must)), unionOf(parts.map((part) => part.may))];
  if (isInternet(must) || covers(must, may)) return must;
  return unknown(`how far ${workload.name} gets is not in the code`, firstOf(workload.origins));
}

function runningOf(workload: Workload): readonly Container[] {
  return workload.containers.filter(({ role }) => role !== 'init');
}

function mainOf(workload: Workload): Container | undefined {
  return workload.containers.find(({ role }) => role === 'main');
}

function mountOf(workload: Workload, source: string) {
  return workload.containers.flatMap(({ mounts }) => mounts).find((mount) => matchesGlob(source, mount.source));
}

function variableOf(workload: Workload, name: string) {
  for (const { environment } of runningOf(workload)) {
    const variable = environment.get(name);
    if (variable) return variable;
  }
  return undefined;
}

function strayCheckOf(workload: Workload) {
  return workload.containers.flatMap(({ strayChecks }) => strayChecks)[0];
}

function notShown(container: Container): Unknown {
  return unknown(`the command that starts ${container.name} is not shown`, container.origin);
}
