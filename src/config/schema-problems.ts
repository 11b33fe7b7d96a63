import type { SchemaError } from '../generated/validate.js';
import type { Problem } from '../policy/rule.ts';
import { suggestion } from '../policy/suggest.ts';
import { keyOriginAt, keysOf, originAt, type YamlFile } from './yaml-file.ts';

/** What a JSON schema has against a file, in the words and at the places of the file, in its order. */
export function schemaProblems(file: YamlFile, errors: readonly SchemaError[]): readonly Problem[] {
  return (
    errors
      // What is wrong with these is told by errors of their own.
      .filter(({ keyword }) => keyword !== 'if' && keyword !== 'propertyNames')
      .map((error) => problemOf(file, error))
      .sort((a, b) => a.origin.start - b.origin.start)
  );
}

function problemOf(file: YamlFile, error: SchemaError): Problem {
  const { instancePath: pointer, params, parentSchema } = error;
  const name = nameOf(pointer);
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(params.additionalProperty);
      const known = Object.keys(parentSchema?.properties ?? {});
      return {
        origin: keyOriginAt(file, pointer, key),
        message: `unknown key \`${key}\``,
        hint: suggestion(key, known),
      };
    }
    case 'required':
      return {
        origin: originAt(file, pointer),
        message: `\`${params.missingProperty}\` is missing${inside(name)}`,
        hint: '',
      };
    case 'enum': {
      const allowed = (params.allowedValues as readonly unknown[]).map(String);
      return {
        origin: originAt(file, pointer),
        message: `${name} cannot be \`${shown(error.data)}\``,
        hint: suggestion(shown(error.data), allowed),
      };
    }
    case 'const':
      return {
        origin: originAt(file, pointer),
        message: `${name} has to be \`${shown(params.allowedValue)}\``,
        hint: '',
      };
    case 'type':
      return {
        origin: originAt(file, pointer),
        message: `${name} has to be ${TYPES[String(params.type)] ?? params.type}`,
        hint: '',
      };
    case 'pattern':
      if (error.propertyName !== undefined) {
        return {
          origin: keyOriginAt(file, pointer, error.propertyName),
          message: `nothing in ${name} can be called \`${error.propertyName}\``,
          hint: patternHint(error),
        };
      }
      return {
        origin: originAt(file, pointer),
        message: `${name} cannot be \`${shown(error.data)}\``,
        hint: patternHint(error),
      };
    case 'minProperties':
    case 'minItems':
      return { origin: originAt(file, pointer), message: `${name} is empty`, hint: '' };
    default:
      return { origin: originAt(file, pointer), message: `${name} ${error.message ?? 'is not allowed'}`, hint: '' };
  }
}

const TYPES: Readonly<Record<string, string>> = {
  object: 'a mapping',
  array: 'a list',
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};

function patternHint({ params, parentSchema }: SchemaError): string {
  if (params.pattern === '\\S') return 'it has to say something';
  const description = parentSchema?.description;
  if (!description) return `it has to match ${params.pattern}`;
  return `it has to be: ${description.charAt(0).toLowerCase()}${description.slice(1).replace(/\.$/, '')}`;
}

/** `policy.rules[0]`, or the file itself. */
function nameOf(pointer: string): string {
  if (pointer === '') return 'this file';
  const steps = keysOf(pointer);
  return `\`${steps.map((step, i) => (/^\d+$/.test(step) ? `[${step}]` : i === 0 ? step : `.${step}`)).join('')}\``;
}

function inside(name: string): string {
  return name === 'this file' ? '' : ` in ${name}`;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
}
