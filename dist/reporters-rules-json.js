import"./chunks/SNSPHFOR.js";import"./chunks/7HFEIGZN.js";import"./chunks/DDTFCJPG.js";function t(n){return`${JSON.stringify({version:1,rules:n},null,2)}
`}function i({rule:n,examples:r}){return`${JSON.stringify({version:1,rule:{...n,examples:r}},null,2)}
`}export{i as ruleJson,t as ruleListJson};
