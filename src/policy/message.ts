/** Messages of rules: text with expressions in braces, `{{` and `}}` for braces themselves. */
import type { Fault } from './check.ts';
import type { Compiled } from './compile.ts';
import type { Expression, Variables } from './expression.ts';
import type { TypeName } from './subjects/table.ts';
import { UnknownError } from './unknown-error.ts';
import type { Session } from './view.ts';

/** What has a text of its own. */
export const PRINTABLE: readonly TypeName[] = [
  'string',
  'int',
  'double',
  'bool',
  'Path',
  'PortSet',
  'AddressSet',
  'list<string>',
];

/** The parts of a message: plain text, and what the expressions in it are compiled to. */
export type Template<E> = readonly (string | E)[];

/** The parts of a message, or what is wrong with it; faults are at offsets in the whole text. */
export function compileMessage<E>(
  text: string,
  compile: (text: string) => Compiled<E> | readonly Fault[],
): Template<E> | readonly Fault[] {
  const parts: (string | E)[] = [];
  const faults: Fault[] = [];
  let plain = '';
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string;
    if ((char === '{' || char === '}') && text[i + 1] === char) {
      plain += char;
      i++;
    } else if (char === '}') {
      faults.push({ message: 'this brace closes nothing', hint: 'write `}}` for a brace', start: i, end: i + 1 });
    } else if (char === '{') {
      const end = closing(text, i + 1);
      if (end < 0) {
        faults.push({ message: 'this brace is never closed', hint: 'write `{{` for a brace', start: i, end: i + 1 });
        break;
      }
      const compiled = compile(text.slice(i + 1, end));
      if ('expression' in compiled) parts.push(plain, compiled.expression);
      else faults.push(...compiled.map((fault) => ({ ...fault, start: fault.start + i + 1, end: fault.end + i + 1 })));
      plain = '';
      i = end;
    } else plain += char;
  }
  return faults.length > 0 ? faults : [...parts, plain];
}

/** The message for one subject; what the code does not show reads "unknown". Its blanks are folded into one line. */
export function render(template: Template<Expression>, variables: Variables, session: Session): string {
  const texts = template.map((part) => {
    if (typeof part === 'string') return part;
    const value = part(variables, session);
    if (value instanceof UnknownError) return 'unknown';
    return Array.isArray(value) ? value.join(', ') : String(value);
  });
  return texts.join('').replace(/\s+/g, ' ').trim();
}

/** The brace that ends an expression; those in its strings do not count. */
function closing(text: string, from: number): number {
  let quote = '';
  for (let i = from; i < text.length; i++) {
    const char = text[i] as string;
    if (quote !== '') {
      if (char === '\\') i++;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '}') return i;
  }
  return -1;
}
