import { expect, test } from 'vitest';

// A script of the build: its types are those of the test.
const { eager } = (await import(`../scripts/${'eager'}.mjs`)) as {
  eager: (text: string, called: ReadonlySet<number>) => string;
};

/** The script with every function that begins at a `§` called; and as it was, without those marks. */
function both(marked: string): { readonly before: string; readonly after: string } {
  const before = marked.replaceAll('§', '');
  const marks = [...marked.matchAll(/§/g)].map(({ index }, earlier) => index - earlier);
  return { before, after: eager(before, new Set(marks)).replaceAll('\n', '') };
}

const answerOf = (script: string) => new Function(`${script}\nreturn answer;`)() as unknown;

test('what is not called stays as it is', () => {
  const { before, after } = both('function f(a){return a}var answer=[1,2].map(e=>e+f(1));');
  expect(after).toBe(before);
});

test.each([
  ['a declaration, called before it stands', 'var answer=f(2);§function f(a){return a*2}', 'f=(function(a)'],
  ['a declaration that names itself', '§function f(n){return n<2?1:n*f(n-1)}var answer=f(4);', 'f=(function(n)'],
  [
    'a declaration that takes another one’s place',
    'function g(){return 1}§function f(){f=g;return 2}var answer=[f(),f()];',
    'f=(',
  ],
  [
    'a directive before it',
    '"use strict";§function f(){return this===undefined}var answer=(0,f)();',
    '"use strict";var f=(function(){',
  ],
  ['a generator', '§function*f(){yield 1;yield 2}var answer=[...f()];', 'f=(function*()'],
  ['a function in another', 'function f(){return[1,2].map(§function(e){return e+1})}var answer=f();', '(function(e)'],
  ['an arrow function with one name', 'var answer=[1,2].map(§e=>e+1);', '(function(e){return e+1})'],
  [
    'an arrow function that takes parts',
    'var answer=[{a:1,b:[2]}].map(§({a,b:[c=3],...d})=>({a,c,d}));',
    '(function({a,',
  ],
  ['an arrow function in another', 'var answer=(§a=>§b=>a+b)(1)(2);', '(function(b)'],
  ['an arrow function as a default', 'var answer=(§(a,b=§e=>e*2)=>b(a))(4);', '(function(e)'],
  [
    'a block with strings that look like code',
    'var answer=(§()=>{const a="}=>(";return`${a}${"`"}`})();',
    '(function()',
  ],
  ['a method', 'var answer=({§"a/b.ts"(e){return e+1}})["a/b.ts"](1);', '"a/b.ts":(function(e)'],
])('%s means the same in brackets', (_, marked, bracketed) => {
  const { before, after } = both(marked);
  expect(after).toContain(bracketed);
  expect(answerOf(after)).toEqual(answerOf(before));
});

test.each([
  ['this', 'var o={a:1,f(){return[0].map(§()=>this.a)}};var answer=o.f();'],
  ['arguments', 'function f(){return(§()=>arguments[0])()}var answer=f(5);'],
  ['super', 'var p={f(){return 3}},o={__proto__:p,§f(){return super.f()}};var answer=o.f();'],
  ['a class around it', 'class C{§f(){return 4}}var answer=new C().f();'],
  ['a getter', 'var o={§get f(){return 6}};var answer=o.f;'],
])('what knows %s stays', (_, marked) => {
  const { before, after } = both(marked);
  expect(after).toBe(before);
  expect(answerOf(after)).toEqual(answerOf(before));
});

test('what waits stays an arrow function', () => {
  expect(both('var f=§async()=>{await 1};').after).toContain('async()=>{await 1}');
});
