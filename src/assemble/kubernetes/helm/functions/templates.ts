/** Functions by which templates use each other, and those that ask for values. */
import { dict, opaque } from '../datum.ts';
import { Fault, spendText } from '../fault.ts';
import type { Caller, Func, Template, Templates } from '../machine.ts';
import { templateNamed } from '../machine.ts';
import { NO_VALUE } from '../print.ts';
import { SyntaxFault } from '../template/lex.ts';
import { parseTemplate } from '../template/parse.ts';
import { joinTexts, originOf, plain, sliceText, type Text } from '../text.ts';
import { any, fixed, open, string, text, variadic } from './arguments.ts';

/** By name. */
export const TEMPLATES: Readonly<Record<string, Func>> = {
  include: open(
    fixed(2, (args, { templates, run }) => {
      const name = string(args, 0);
      const template = templateNamed(templates, name);
      if (!template) throw new Fault(`no template is called "${name}"`);
      return run(template, templates, any(args, 1));
    }),
  ),
  tpl: open(
    fixed(2, (args, caller) => {
      const source = text(args, 0);
      if (!source.text.includes('{{')) return source;
      spendText(caller.machine.budget, source.text.length);
      const { template, templates } = within(source, caller);
      return withoutNoValue(caller.run(template, templates, any(args, 1)));
    }),
  ),
  required: open(
    fixed(2, (args, { machine, place }) => {
      const value = any(args, 1);
      if (value.kind !== 'nil' && !(value.kind === 'text' && value.text === '')) return value;
      const message = string(args, 0);
      machine.missing(message, place);
      return opaque(`the chart asks for it: ${message}`);
    }),
  ),
  fail: open(
    fixed(1, (args) => {
      throw new Fault(`the chart says: ${string(args, 0).trim()}`, { refusal: true });
    }),
  ),
  lookup: variadic(4, () => dict()),
  getHostByName: fixed(1, () => plain('')),
};

/** The template that a text is, with the definitions in it before those that are there. */
function within(source: Text, { templates }: Caller): { readonly template: Template; readonly templates: Templates } {
  const own = new Map<string, Template>();
  try {
    const body = parseTemplate(source.text, (name, nodes) => own.set(name, { name, body: nodes, source }));
    return { template: { name: 'tpl', body, source }, templates: own.size > 0 ? { own, outer: templates } : templates };
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    throw new Fault(error.message, { place: originOf(source, error.offset, error.offset) });
  }
}

/** The text without the marks of values that are not there, which Helm takes out. */
export function withoutNoValue(output: Text): Text {
  if (!output.text.includes(NO_VALUE)) return output;
  const parts: Text[] = [];
  let at = 0;
  for (let found = output.text.indexOf(NO_VALUE); found !== -1; found = output.text.indexOf(NO_VALUE, at)) {
    if (found > at) parts.push(sliceText(output, at, found));
    at = found + NO_VALUE.length;
  }
  if (at < output.text.length) parts.push(sliceText(output, at));
  return joinTexts(parts);
}
