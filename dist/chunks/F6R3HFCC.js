var c=Object.defineProperty;var u=Object.getOwnPropertyDescriptor;var d=Object.getOwnPropertyNames;var g=Object.prototype.hasOwnProperty;var j=(e,t)=>{for(var r in t)c(e,r,{get:t[r],enumerable:!0})},x=(e,t,r,i)=>{if(t&&typeof t=="object"||typeof t=="function")for(let n of d(t))!g.call(e,n)&&n!==r&&c(e,n,{get:()=>t[n],enumerable:!(i=u(t,n))||i.enumerable});return e};var y=e=>x(c({},"__esModule",{value:!0}),e);var w={};module.exports={__esModule:!0,get a(){return s},get b(){return $},get c(){return m}};var l=require("./LGM466IM.js");function s(e){return p(e.why.trim(),"## How to fix it",...(0,l.Hc)(e.fix).map(({technology:t,text:r})=>t===null?r:`### ${t}

${r}`),...e.references.length===0?[]:["## References",f(e.references.map(t=>`<${t}>`))],"## How to accept it",$(e.id))}function $(e){return`To accept it, write the comment \`# portolan:ignore ${e} -- reason\` on the line or the line above.`}function m({rule:e,examples:t}){let r=Object.entries(e.controls).map(([n,o])=>`${n}: ${o.join(", ")}`),i=Object.entries(e.equivalents).flatMap(([n,o])=>o.length===0?[]:[`${n}: ${o.map(a=>`\`${typeof a=="string"?a:a.id}\``).join(", ")}`]);return`${p(`# ${e.id}`,`${e.title}.`,`Severity: ${(0,l.Kc)(e)}. Confidence: ${e.confidence}.`,s(e),...t.length===0?[]:["## Examples"],...t.flatMap(({title:n,files:o})=>[`### ${n}`,...Object.entries(o).flatMap(([a,h])=>[`\`${a}\``,b(a,h)])]),...r.length===0?[]:["## Controls",f(r)],...i.length===0?[]:["## Checks of other tools that it stands for",f(i)])}
`}function b(e,t){let r=Math.max(2,...[...t.matchAll(/`{3,}/g)].map(([n])=>n.length)),i="`".repeat(r+1);return`${i}${/dockerfile/i.test(e)?"dockerfile":"yaml"}
${t.trimEnd()}
${i}`}function f(e){return e.map(t=>`- ${t}`).join(`
`)}function p(...e){return e.join(`

`)}0&&(module.exports={a,b,c});
