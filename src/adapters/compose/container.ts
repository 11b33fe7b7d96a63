/** What a service's container runs: image, command, environment, mounts, checks. */
import { buildOf } from '../../assemble/compose/build.ts';
import { keptVariables } from '../../assemble/compose/interpolate.ts';
import { buildId, type ComposeUnit } from '../../assemble/unit.ts';
import type { CheckFact, CommandLine, ContainerFact, ImageUse, VariableFact } from '../../graph/fragment.ts';
import { at, booleanOf, type Entry, entriesOf, itemsOf, textOf, unknown, type Value } from '../../source/value.ts';
import { configsUsed } from './config.ts';
import type { ServicePorts } from './declared.ts';
import { readMounts } from './mount.ts';
import { shellWords } from './words.ts';

/** The one container that a service stands for, however many replicas it has. */
export function readContainer(unit: ComposeUnit, service: Entry, { declared }: ServicePorts): ContainerFact {
  const { key, keyOrigin, value } = service;
  const entrypoint = commandLine(at(value, 'entrypoint'));
  const command = commandLine(at(value, 'command'));
  return {
    name: key,
    role: 'main',
    origin: keyOrigin,
    image: imageUse(service),
    ...(entrypoint ? { entrypoint } : {}),
    ...(command ? { command } : {}),
    environment: environmentOf(value),
    configs: configsUsed(unit, value),
    ports: declared,
    checks: checksOf(value),
    mounts: readMounts(unit, value),
    capabilities: capabilitiesOf(value),
  };
}

function imageUse(service: Entry): ImageUse {
  const { value, keyOrigin } = service;
  const image = at(value, 'image');
  const { build } = buildOf(service);
  const origin = image?.origin ?? at(value, 'build')?.origin ?? keyOrigin;
  return { reference: imageReference(image), ...(build ? { build: buildId(build) } : {}), origin };
}

/** The reference; without its tag where only that is not known, since the repository says what runs. */
function imageReference(image: Value | undefined): ImageUse['reference'] {
  if (image?.kind === 'unknown') return image;
  const written = textOf(image);
  if (image === undefined || written === undefined || written === '') return null;
  const name = written.lastIndexOf('/') + 1;
  const tag = written.slice(name).search(/[:@]/);
  const repository = tag < 0 ? written : written.slice(0, name + tag);
  const [unset] = keptVariables(repository);
  if (unset !== undefined) return unknown(`${unset} has no value`, image.origin);
  return keptVariables(written).length > 0 ? repository : written;
}

/** Compose splits a string itself and runs the words without a shell; an empty one replaces the image's by nothing. */
function commandLine(value: Value | undefined): CommandLine | undefined {
  if (value?.kind === 'list') {
    const words = value.items.flatMap((item) => {
      const text = textOf(item);
      return text === undefined ? [] : [{ text, origin: item.origin }];
    });
    return { words, shell: false, origin: value.origin };
  }
  const text = textOf(value);
  if (value === undefined || text === undefined) return undefined;
  return {
    words: shellWords(text).map((word) => ({ text: word, origin: value.origin })),
    shell: false,
    origin: value.origin,
  };
}

function environmentOf(service: Value): readonly VariableFact[] {
  return [...entriesOf(at(service, 'environment'))].flatMap(({ key, keyOrigin, value }): VariableFact[] => {
    if (value.kind === 'unknown') return [{ name: key, value, origin: keyOrigin }];
    return value.kind === 'scalar' ? [{ name: key, value: value.text, origin: keyOrigin }] : [];
  });
}

function checksOf(service: Value): readonly CheckFact[] {
  const check = at(service, 'healthcheck');
  const test = at(check, 'test');
  if (!test || booleanOf(at(check, 'disable')) === true) return [];
  const origin = test.origin;
  const written = textOf(test);
  if (written !== undefined) return [{ kind: 'command', command: shellCommand(written, test), origin }];
  const [form, ...rest] = itemsOf(test);
  const kind = textOf(form);
  if (kind === 'CMD') {
    const words = rest.flatMap((item) => {
      const text = textOf(item);
      return text === undefined ? [] : [{ text, origin: item.origin }];
    });
    return [{ kind: 'command', command: { words, shell: false, origin }, origin }];
  }
  const [line] = rest;
  const text = textOf(line);
  if (kind !== 'CMD-SHELL' || !line || text === undefined) return [];
  return [{ kind: 'command', command: shellCommand(text, line), origin }];
}

function shellCommand(text: string, { origin }: Value): CommandLine {
  return { words: shellWords(text).map((word) => ({ text: word, origin })), shell: true, origin };
}

/** A privileged container has every capability. */
function capabilitiesOf(service: Value): readonly string[] {
  if (booleanOf(at(service, 'privileged')) === true) return ['ALL'];
  const added = itemsOf(at(service, 'cap_add')).flatMap((item) => textOf(item) ?? []);
  return [...new Set(added.map((name) => name.toUpperCase().replace(/^CAP_/, '')))];
}
