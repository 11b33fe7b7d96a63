import{Ta as f,Wa as p}from"./SNSPHFOR.js";function $(t){return l(t.why.trim(),"## How to fix it",...f(t.fix).map(({technology:n,text:e})=>n===null?e:`### ${n}

${e}`),...t.references.length===0?[]:["## References",c(t.references.map(n=>`<${n}>`))],"## How to accept it",m(t.id))}function m(t){return`To accept it, write the comment \`# portolan:ignore ${t} -- reason\` on the line or the line above.`}function y({rule:t,examples:n}){let e=Object.entries(t.controls).map(([s,i])=>`${s}: ${i.join(", ")}`),r=Object.entries(t.equivalents).flatMap(([s,i])=>i.length===0?[]:[`${s}: ${i.map(o=>`\`${typeof o=="string"?o:o.id}\``).join(", ")}`]);return`${l(`# ${t.id}`,`${t.title}.`,`Severity: ${p(t)}. Confidence: ${t.confidence}.`,$(t),...n.length===0?[]:["## Examples"],...n.flatMap(({title:s,files:i})=>[`### ${s}`,...Object.entries(i).flatMap(([o,g])=>[`\`${o}\``,d(o,g)])]),...e.length===0?[]:["## Controls",c(e)],...r.length===0?[]:["## Checks of other tools that it stands for",c(r)])}
`}function d(t,n){let e=Math.max(2,...[...n.matchAll(/`{3,}/g)].map(([a])=>a.length)),r="`".repeat(e+1);return`${r}${/dockerfile/i.test(t)?"dockerfile":"yaml"}
${n.trimEnd()}
${r}`}function c(t){return t.map(n=>`- ${n}`).join(`
`)}function l(...t){return t.join(`

`)}export{$ as a,m as b,y as c};
