/** Compose configs and secrets: texts that services read as files. */
import type { ComposeUnit } from '../../assemble/unit.ts';
import type { ConfigFact, ConfigUse } from '../../graph/fragment.ts';
import { at, type Entry, entriesOf, itemsOf, textOf, unknown, type Value } from '../../source/value.ts';

type Kind = ConfigFact['kind'];

const SECTION: Readonly<Record<Kind, string>> = { config: 'configs', secret: 'secrets' };

/** The configs and secrets that a unit defines; what a secret holds is not known, always. */
export function readConfigs(unit: ComposeUnit): readonly ConfigFact[] {
  return (['config', 'secret'] as const).flatMap((kind) =>
    [...entriesOf(at(unit.model, SECTION[kind]))].map((entry): ConfigFact => {
      const { key, keyOrigin } = entry;
      return { kind, namespace: null, name: fullName(unit, key), entries: [payload(kind, entry)], origin: keyOrigin };
    }),
  );
}

function payload(kind: Kind, { key, keyOrigin, value }: Entry): ConfigFact['entries'][number] {
  const content = at(value, 'content');
  const text = kind === 'config' ? textOf(content) : undefined;
  if (text !== undefined && content) return { name: key, value: text, origin: content.origin };
  const because = kind === 'secret' ? `${key} is a secret` : `what ${key} holds is not in this file`;
  return { name: key, value: unknown(because, keyOrigin), origin: keyOrigin };
}

/** The configs that a service reads. */
export function configsUsed(unit: ComposeUnit, service: Value): readonly ConfigUse[] {
  return (['config', 'secret'] as const).flatMap((kind) =>
    itemsOf(at(service, SECTION[kind])).flatMap((item): ConfigUse[] => {
      const name = textOf(at(item, 'source')) ?? textOf(item);
      if (name === undefined) return [];
      return [{ config: { kind, namespace: null, name: fullName(unit, name) }, as: 'files', origin: item.origin }];
    }),
  );
}

/** Configs of different projects are different, even where their keys are the same. */
function fullName(unit: ComposeUnit, key: string): string {
  return `${unit.project}_${key}`;
}
