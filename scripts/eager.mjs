// V8 reads a function twice: when its file loads, only to find where it ends, and in full when it is first called. One that
// stands in brackets is taken to be called at once, and is read in full straight away. A run of the program tells which
// functions every start needs; with those in brackets, it starts about a tenth sooner.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';

/**
 * Rewrites the file `path`: what a run of `node ...words` in the folder `cwd` calls of it is put in brackets. The file means
 * the same as before, and the same sources and run give the same file, wherever they stand.
 */
export function makeEager(path, words, cwd) {
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, eager(text, calledIn(path, words, cwd)));
}

/** The offsets in the file `path` at which the functions begin that a run calls, as V8 counts calls. */
function calledIn(path, words, cwd) {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-calls-'));
  try {
    // Nothing of this shell may decide what is called: a colour, a cache, a CI.
    const env = { NODE_V8_COVERAGE: folder, NODE_DISABLE_COMPILE_CACHE: '1' };
    execFileSync(process.execPath, words, { cwd, env, stdio: 'ignore' });
    const runs = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
    const script = runs.flatMap(({ result }) => result).find(({ url }) => url === pathToFileURL(path).href);
    if (!script) throw new Error(`node ${words.join(' ')} loads no ${path}: name the file that holds the program`);
    const called = script.functions.map(({ ranges }) => ranges[0]).filter(({ count }) => count > 0);
    return new Set(called.map(({ startOffset }) => startOffset));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The text of a script with those functions in brackets that begin at the offsets `called`. A declaration becomes a variable
 * at the head of the script, where it is there before the first statement as before; an arrow function or a method, which
 * brackets do not help, becomes an ordinary function where it speaks of nothing around it by `this` and the like.
 */
export function eager(text, called) {
  const script = ts.createSourceFile('script.js', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const isCalled = (node) => called.has(node.getStart(script));

  const write = (node) => rewritten(node) ?? inside(node);
  const inside = (node) => {
    let out = '';
    let at = node.getStart(script);
    const look = (child) => {
      const written = rewritten(child);
      if (written === null) return void ts.forEachChild(child, look);
      out += text.slice(at, child.getStart(script)) + written;
      at = child.getEnd();
    };
    ts.forEachChild(node, look);
    return out + text.slice(at, node.getEnd());
  };
  const rewritten = (node) => {
    if (!ts.isFunctionLike(node) || !isCalled(node)) return null;
    if (ts.isFunctionExpression(node)) return `(${inside(node)})`;
    const isMethod = ts.isMethodDeclaration(node) && ts.isObjectLiteralExpression(node.parent);
    if (!isMethod && !ts.isArrowFunction(node)) return null;
    if (node.modifiers || node.asteriskToken || knowsAround(node)) return null;
    const body = ts.isBlock(node.body) ? inside(node.body) : `{return ${write(node.body)}}`;
    const ordinary = `(function(${node.parameters.map(inside).join(',')})${body})`;
    return isMethod ? `${inside(node.name)}:${ordinary}` : ordinary;
  };

  const declared = script.statements.filter((each) => ts.isFunctionDeclaration(each) && isCalled(each));
  const variables = declared.map((each) => {
    const { text: name, end } = each.name;
    const word = text.slice(each.getStart(script), each.name.getStart(script)).trimEnd();
    const rest = inside(each);
    return `${name}=(${word}${rest.slice(end - each.getStart(script))})`;
  });
  const others = script.statements.filter((each) => !declared.includes(each));
  // A directive is one only where nothing stands before it.
  const first = others.findIndex((each) => !ts.isExpressionStatement(each) || !ts.isStringLiteral(each.expression));
  const directives = others.splice(0, first === -1 ? others.length : first);
  const head = variables.length > 0 ? [`var ${variables.join(',')};`] : [];
  return [...directives.map(write), ...head, ...others.map(write), ''].join('\n');
}

/** Whether a function may speak of what belongs to the function or object around it. */
function knowsAround(node) {
  const words = [ts.SyntaxKind.ThisKeyword, ts.SyntaxKind.SuperKeyword, ts.SyntaxKind.MetaProperty];
  const look = (child) =>
    words.includes(child.kind) ||
    (ts.isIdentifier(child) && child.text === 'arguments') ||
    ts.forEachChild(child, look);
  return look(node) === true;
}
