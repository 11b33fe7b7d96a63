import{createRequire as portolanRequire}from'node:module';const require=portolanRequire(import.meta.url);
import{a as t}from"./chunks/DPFH6ECC.js";import"./chunks/Q5RQBFXY.js";import"./chunks/FNY5XREN.js";function i(r,o){return`${JSON.stringify({version:1,ports:t(r,o).flatMap(({lines:n})=>n)},null,2)}
`}export{i as portsJson};
