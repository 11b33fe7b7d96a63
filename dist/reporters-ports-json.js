import{a as t}from"./chunks/CN3UMWZC.js";import"./chunks/SNSPHFOR.js";import"./chunks/7HFEIGZN.js";import"./chunks/DDTFCJPG.js";function i(r,o){return`${JSON.stringify({version:1,ports:t(r,o).flatMap(({lines:n})=>n)},null,2)}
`}export{i as portsJson};
