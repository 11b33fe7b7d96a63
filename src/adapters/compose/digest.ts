import { byText } from '../../source/order.ts';
import type { Value } from '../../source/value.ts';

/** The same for two values that say the same, wherever they are written and in whatever order their keys stand. */
export function digestOf(value: Value): string {
  return JSON.stringify(plain(value));
}

function plain(value: Value): unknown {
  switch (value.kind) {
    case 'scalar':
      return value.text;
    case 'unknown':
      return { unknown: value.because };
    case 'list':
      return value.items.map(plain);
    case 'mapping':
      return [...value.entries.values()].sort(byText(({ key }) => key)).map((entry) => [entry.key, plain(entry.value)]);
  }
}
