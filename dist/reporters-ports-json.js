import{a as t}from"./chunks/HFWGMUFQ.js";import"./chunks/HTYFPNMO.js";import"./chunks/7HFEIGZN.js";import"./chunks/DDTFCJPG.js";function i(r,o){return`${JSON.stringify({version:1,ports:t(r,o).flatMap(({lines:n})=>n)},null,2)}
`}export{i as portsJson};
