/** Containers of a pod: what runs, how it is started, what it declares and what it is asked. */
import type { CheckFact, CommandLine, ContainerFact, ImageUse } from '../../graph/fragment.ts';
import type { Notice } from '../../source/notice.ts';
import { at, booleanOf, entryOf, itemsOf, type Mapping, textOf, unknown, type Value } from '../../source/value.ts';
import { environmentOf } from './environment.ts';
import { firstLineOf, lineAt, lineOf, textsOf } from './field.ts';
import { type ContainerPort, containerPorts, numberOrName } from './port.ts';
import { mountsOf, volumesOf } from './volume.ts';

/** A container with its ports as they are written. */
export interface PodContainer {
  readonly fact: ContainerFact;
  readonly ports: readonly ContainerPort[];
}

/** The containers of a pod in `namespace`: first those that prepare it, and sidecars among them, then the others. */
export function podContainers(spec: Mapping, namespace: string, notices: Notice[]): readonly PodContainer[] {
  const volumes = volumesOf(spec, namespace);
  const listed = (['initContainers', 'containers'] as const).flatMap((field) =>
    itemsOf(at(spec, field)).flatMap((value) => (value.kind === 'mapping' ? [{ value, field }] : [])),
  );
  return listed.map(({ value, field }, index) => {
    const ports = containerPorts(value, notices);
    const name = textOf(at(value, 'name')) ?? `${index}`;
    const { variables, configs } = environmentOf(value, namespace);
    const mounted = mountsOf(value, volumes, notices);
    const fact: ContainerFact = {
      name,
      role: roleOf(value, field),
      origin: at(value, 'name')?.origin ?? firstLineOf(value),
      image: imageOf(value),
      ...commandLines(value),
      environment: variables,
      configs: [...configs, ...mounted.configs],
      ports: ports.map(({ number: _number, entry: _entry, ...declared }) => declared),
      checks: checksOf(value, booleanOf(at(spec, 'hostNetwork')) === true),
      mounts: mounted.mounts,
      capabilities: capabilitiesOf(value),
    };
    return { fact, ports };
  });
}

/** An init container that restarts always stays beside the others for as long as the pod lives. */
function roleOf(container: Value, field: 'initContainers' | 'containers'): ContainerFact['role'] {
  if (field === 'containers') return 'main';
  return textOf(at(container, 'restartPolicy')) === 'Always' ? 'sidecar' : 'init';
}

function imageOf(container: Value): ImageUse {
  const entry = entryOf(container, 'image');
  const origin = entry ? lineOf(entry) : firstLineOf(container);
  if (entry?.value.kind === 'unknown') return { reference: entry.value, origin };
  return { reference: textOf(entry?.value) || unknown('the container names no image', origin), origin };
}

/** `command` takes the place of the image's ENTRYPOINT, `args` that of its CMD. */
function commandLines(container: Value): Pick<ContainerFact, 'entrypoint' | 'command'> {
  const entrypoint = commandLine(container, 'command');
  const command = commandLine(container, 'args');
  return { ...(entrypoint && { entrypoint }), ...(command && { command }) };
}

function commandLine(holder: Value | undefined, field: string): CommandLine | undefined {
  const entry = entryOf(holder, field);
  if (entry?.value.kind !== 'list' || entry.value.items.length === 0) return undefined;
  const words = entry.value.items.flatMap((item) =>
    item.kind === 'scalar' ? [{ text: textOf(item) ?? '', origin: item.origin }] : [],
  );
  return { words, shell: false, origin: entry.keyOrigin };
}

const PROBES = ['startupProbe', 'livenessProbe', 'readinessProbe'];

function checksOf(container: Value, hostNetwork: boolean): CheckFact[] {
  return PROBES.flatMap((field) => {
    const probe = at(container, field);
    return probe ? (checkOf(probe, hostNetwork) ?? []) : [];
  });
}

/** What the kubelet asks (E8). A probe that is sent to another host proves nothing about this container. */
function checkOf(probe: Value, hostNetwork: boolean): CheckFact | undefined {
  for (const [field, kind] of [
    ['httpGet', 'http'],
    ['tcpSocket', 'tcp'],
    ['grpc', 'grpc'],
  ] as const) {
    const action = at(probe, field);
    const port = numberOrName(at(action, 'port'));
    if (!action || port === undefined || (textOf(at(action, 'host')) && !hostNetwork)) continue;
    const path = textOf(at(action, 'path'));
    const tls = textOf(at(action, 'scheme'))?.toUpperCase() === 'HTTPS';
    const origin = lineAt(action, 'port', probe.origin);
    return { kind, port, origin, ...(tls ? { tls } : {}), ...(path ? { path } : {}) };
  }
  const command = commandLine(at(probe, 'exec'), 'command');
  return command && { kind: 'command', command, origin: command.origin };
}

function capabilitiesOf(container: Value): string[] {
  const security = at(container, 'securityContext');
  if (booleanOf(at(security, 'privileged')) === true) return ['ALL'];
  return textsOf(at(security, 'capabilities', 'add')).map(({ text }) => text.toUpperCase().replace(/^CAP_/, ''));
}
