/** Container definitions of ECS tasks: a JSON text, or what `jsonencode` was given. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type {
  CheckFact,
  CommandLine,
  ContainerFact,
  DeclaredPort,
  NeedFact,
  VariableFact,
} from '../../../graph/fragment.ts';
import { type Notice, notice } from '../../../source/notice.ts';
import { textOf, type Value } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { needsIn, variableOf } from '../environment.ts';
import { jsonValue } from '../json.ts';
import { type Block, blocks, get, isUnknown, knownText, whole } from '../resource.ts';

/** The containers of a task, and what they call. */
export interface Task {
  readonly containers: readonly ContainerFact[];
  readonly needs: readonly NeedFact[];
  readonly notices: readonly Notice[];
}

/** The containers that `user`, a service or the task itself, runs. */
export function taskContainers(task: Resource, user: Resource, context: Context): Task {
  const written = get(task.body, 'container_definitions');
  if (written === undefined) return { containers: [], needs: [], notices: [] };
  const definitions = jsonValue(written);
  if (definitions === undefined || definitions.kind !== 'list') {
    const because = written.kind === 'unknown' ? written.because : 'they are no list in JSON';
    const message = `The containers of ${task.address} are not in the graph, because ${because}.`;
    return { containers: [], needs: [], notices: [notice('not-evaluated', message, written.origin)] };
  }
  const items = definitions.items.filter((item): item is Block => item.kind === 'mapping');
  return { containers: items.map(containerOf), needs: needsIn(definitions, user, context), notices: [] };
}

function containerOf(definition: Block): ContainerFact {
  const image = get(definition, 'image');
  const name = knownText(definition, 'name') ?? 'container';
  const command = commandOf(get(definition, 'command'));
  const entrypoint = commandOf(get(definition, 'entryPoint'));
  const check = checkOf(definition);
  return {
    name,
    role: 'main',
    origin: get(definition, 'name')?.origin ?? definition.origin,
    image: {
      reference: image === undefined ? null : image.kind === 'unknown' ? image : (textOf(image) ?? null),
      origin: image?.origin ?? definition.origin,
    },
    ...(entrypoint ? { entrypoint } : {}),
    ...(command ? { command } : {}),
    environment: environmentOf(definition),
    configs: [],
    ports: portsOf(definition),
    checks: check ? [check] : [],
    mounts: [],
    capabilities: [],
  };
}

function environmentOf(definition: Block): readonly VariableFact[] {
  return blocks(definition, 'environment').flatMap((entry) => {
    if (isUnknown(entry)) return [];
    const [name, value] = [knownText(entry, 'name'), get(entry, 'value')];
    return name !== undefined && value ? variableOf(name, value, entry.origin) : [];
  });
}

function portsOf(definition: Block): readonly DeclaredPort[] {
  return blocks(definition, 'portMappings').flatMap((mapping): DeclaredPort[] => {
    if (isUnknown(mapping)) return [];
    const port = whole(mapping, 'containerPort');
    if (typeof port !== 'number') return [];
    const name = knownText(mapping, 'name');
    const protocol = knownText(mapping, 'protocol') === 'udp' ? 'udp' : 'tcp';
    const origin = get(mapping, 'containerPort')?.origin ?? mapping.origin;
    return [{ ports: { from: port, to: port }, protocol, ...(name ? { name } : {}), origin }];
  });
}

function commandOf(value: Value | undefined): CommandLine | undefined {
  if (value?.kind !== 'list') return undefined;
  const words = value.items.flatMap((item) => {
    const text = textOf(item);
    return text === undefined ? [] : [{ text, origin: item.origin }];
  });
  return { words, shell: false, origin: value.origin };
}

/** `["CMD", …]`, or `["CMD-SHELL", "…"]`, as Docker has it. */
function checkOf(definition: Block): CheckFact | undefined {
  const [check] = blocks(definition, 'healthCheck');
  if (!check || isUnknown(check)) return undefined;
  const line = commandOf(get(check, 'command'));
  const [form, ...words] = line?.words ?? [];
  if (!line || !form) return undefined;
  return { kind: 'command', command: { ...line, words, shell: form.text === 'CMD-SHELL' }, origin: line.origin };
}
