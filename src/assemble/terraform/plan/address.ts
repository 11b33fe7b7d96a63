/** Addresses of resources as Terraform writes them, and the steps of a reference. */

/** A name, or a key in brackets: `private`, `["a"]`, `[0]`. */
export interface Step {
  readonly name: string;
  readonly isKey: boolean;
}

/** Longer than any address that people write. */
const LONGEST = 4096;

/** The steps of `module.net["a.b"].aws_subnet.x[0].id`; none of what is no address. */
export function stepsOf(text: string): readonly Step[] {
  if (text.length > LONGEST) return [];
  const steps: Step[] = [];
  let at = 0;
  while (at < text.length) {
    const isKey = text[at] === '[';
    const end = isKey ? keyEnd(text, at) : nameEnd(text, at);
    if (end <= at) return [];
    steps.push({ name: text.slice(at, end), isKey });
    at = text[end] === '.' ? end + 1 : end;
  }
  return steps;
}

/** The steps as one text again. */
export function textOfSteps(steps: readonly Step[]): string {
  return steps.map(({ name, isKey }, index) => (isKey || index === 0 ? name : `.${name}`)).join('');
}

/** An address without its instance keys: the block that it was made from. */
export function blockOf(address: string): string {
  return address.includes('[') ? textOfSteps(stepsOf(address).filter(({ isKey }) => !isKey)) : address;
}

/** An address without the key at its end: all instances of one block in one module instance. */
export function withoutLastKey(address: string): string {
  const steps = address.endsWith(']') ? stepsOf(address) : [];
  return steps.at(-1)?.isKey ? textOfSteps(steps.slice(0, -1)) : address;
}

/** A name under the module instance `module`; empty for the root. */
export function within(module: string, name: string): string {
  return module === '' ? name : `${module}.${name}`;
}

function nameEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && text[end] !== '.' && text[end] !== '[') end++;
  return end;
}

/** Behind the bracket that closes the key; a quoted key may hold brackets, and quotes behind backslashes. */
function keyEnd(text: string, from: number): number {
  if (text[from + 1] !== '"') return text.indexOf(']', from) + 1;
  for (let at = from + 2; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return text[at + 1] === ']' ? at + 2 : from;
  }
  return from;
}
