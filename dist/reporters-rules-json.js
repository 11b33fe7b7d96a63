import{createRequire as portolanRequire}from'node:module';const require=portolanRequire(import.meta.url);
import"./chunks/Q5RQBFXY.js";import"./chunks/FNY5XREN.js";function t(n){return`${JSON.stringify({version:1,rules:n},null,2)}
`}function i({rule:n,examples:r}){return`${JSON.stringify({version:1,rule:{...n,examples:r}},null,2)}
`}export{i as ruleJson,t as ruleListJson};
