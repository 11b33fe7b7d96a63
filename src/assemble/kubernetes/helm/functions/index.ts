/** Every function that templates know: Go's own, Helm's and sprig's, each in a file by what it is about. */
import type { Func } from '../machine.ts';
import { CHOICES } from './choices.ts';
import { COMPARING } from './compare.ts';
import { ENCODINGS } from './encoding.ts';
import { LISTS } from './lists.ts';
import { LOCATIONS } from './locations.ts';
import { MAPS } from './maps.ts';
import { NUMBERS } from './numbers.ts';
import { OPAQUE } from './opaque.ts';
import { PATTERNS } from './patterns.ts';
import { PRINTING } from './printf.ts';
import { TEMPLATES } from './templates.ts';
import { TEXTS } from './texts.ts';
import { VERSIONS } from './versions.ts';

const FAMILIES = [
  CHOICES,
  COMPARING,
  ENCODINGS,
  LISTS,
  LOCATIONS,
  MAPS,
  NUMBERS,
  OPAQUE,
  PATTERNS,
  PRINTING,
  TEMPLATES,
  TEXTS,
  VERSIONS,
];

/** The functions by name; `and` and `or`, which leave arguments out, are the evaluator's own. */
export const FUNCTIONS: ReadonlyMap<string, Func> = new Map(FAMILIES.flatMap((family) => Object.entries(family)));
