/** Calls of functions, and the templates that some of them fill in. */
import { parseTemplate } from '../../parsers/hcl/index.ts';
import type { Expression } from '../../parsers/hcl/syntax.ts';
import type { Origin } from '../../source/span.ts';
import type { Datum } from './evaluate/datum.ts';
import { evaluate } from './evaluate/expression.ts';
import { Fault } from './evaluate/fault.ts';
import { type Argument, callFunction, type FunctionContext } from './evaluate/functions/index.ts';
import { type Binding, type Home, placeOf, type Scope } from './evaluate/scope.ts';
import type { Run } from './run.ts';

/** What a function makes of its arguments, which are expressions of `scope`. */
export function invoke(
  run: Run,
  name: string,
  args: readonly Expression[],
  expand: boolean,
  scope: Scope,
  origin: Origin,
): Datum {
  const given = args.map((arg) => argumentOf(arg, scope));
  return callFunction({ name, args: given, expand, origin }, contextOf(run));
}

/** An argument is worked out once; the same fault ends it each time. */
function argumentOf(expression: Expression, scope: Scope): Argument {
  const { machine } = scope.home;
  let known: Datum | undefined;
  return {
    origin: placeOf(scope, expression),
    value() {
      if (known) return known;
      const { depth } = machine;
      try {
        known = evaluate(expression, scope);
        return known;
      } finally {
        machine.depth = depth;
      }
    },
  };
}

const contexts = new WeakMap<Run, FunctionContext>();

function contextOf(run: Run): FunctionContext {
  const known = contexts.get(run);
  if (known) return known;
  const { files } = run.library;
  const context: FunctionContext = {
    budget: run.machine.budget,
    folder: run.root === '.' ? '' : run.root,
    paths: files.paths,
    read: (path) => {
      const reading = files.read(path);
      if (reading.kind === 'text') run.files.add(path);
      return reading;
    },
    template: (source, file, variables, origin) => filledIn(run, context, source, file, variables, origin),
  };
  contexts.set(run, context);
  return context;
}

/** A template that the configuration holds, filled in. */
export function fillTemplate(run: Run, source: string, variables: ReadonlyMap<string, Datum>, origin: Origin): Datum {
  return filledIn(run, contextOf(run), source, null, variables, origin);
}

const templates = new WeakMap<Run, Map<string, ReturnType<typeof parseTemplate>>>();

/** A template, parsed; that of a file once, however many modules use it. */
function parsedTemplate(
  run: Run,
  source: string,
  file: string | null,
  origin: Origin,
): ReturnType<typeof parseTemplate> {
  if (file === null) return parseTemplate({ path: origin.file, text: source, place: () => origin.start });
  const known = templates.get(run) ?? new Map<string, ReturnType<typeof parseTemplate>>();
  templates.set(run, known);
  const parsed = known.get(file) ?? parseTemplate({ path: file, text: source });
  known.set(file, parsed);
  return parsed;
}

/** A template as a whole, with nothing but its variables and the functions to name. What it makes stands at the call. */
function filledIn(
  run: Run,
  context: FunctionContext,
  source: string,
  file: string | null,
  variables: ReadonlyMap<string, Datum>,
  origin: Origin,
): Datum {
  const parsed = parsedTemplate(run, source, file, origin);
  const [problem] = parsed.notices;
  if (!parsed.value || problem)
    throw new Fault(`its template cannot be read: ${problem?.message ?? 'it ends too soon'}`, origin);
  let names: Binding | null = null;
  for (const [name, value] of variables) names = { name, value, outer: names };
  const within: FunctionContext = { ...context, inTemplate: true };
  const home = templateHome(run, within);
  const value = evaluate(parsed.value, { home, file: file ?? origin.file, names, item: null });
  return { ...value, origin };
}

function templateHome({ machine, refuse }: Run, context: FunctionContext): Home {
  const unnamed = (name: string, at: Origin): never => {
    throw new Fault(`the template has no variable "${name}"`, at);
  };
  return {
    machine,
    refuse,
    variable: (_name, at) => unnamed('var', at),
    local: (_name, at) => unnamed('local', at),
    call: (_name, at) => unnamed('module', at),
    resource: (_mode, type, _name, at) => unnamed(type, at),
    setting: (of, _name, at) => unnamed(of, at),
    invoke: (name, args, expand, scope, origin) =>
      callFunction({ name, args: args.map((arg) => argumentOf(arg, scope)), expand, origin }, context),
  };
}
