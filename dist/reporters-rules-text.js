import{Ta as p,Va as d,Wa as f}from"./chunks/SNSPHFOR.js";import"./chunks/7HFEIGZN.js";import"./chunks/DDTFCJPG.js";function u(t,{style:e}){let s=Math.max(0,...t.map(({id:o})=>o.length)),i=Math.max(0,...t.map(o=>c(o).length));return t.map(o=>`${e("bold",o.id.padEnd(s))}  ${c(o).padEnd(i)}  ${o.title}
`).join("")}function c(t){return typeof t.severity=="string"?t.severity:`up to ${d(t)}`}function j({rule:t,examples:e},{style:s}){let i=n=>s("bold",n);return`${[`${i(t.id)}
${t.title}`,`severity    ${f(t)}
confidence  ${t.confidence}`,t.why.trim(),...p(t.fix).map(({technology:n,text:r})=>`${i(n===null?"How to fix it":`How to fix it: ${n}`)}
${r}`),...e.map(({title:n,files:r})=>[i(`Example: ${n}`),...Object.entries(r).map(([l,m])=>`${l}:
${$(m)}`)].join(`
`)),a(i("Controls"),Object.entries(t.controls).map(([n,r])=>`${n}: ${r.join(", ")}`)),a(i("Checks of other tools that it stands for"),Object.entries(t.equivalents).map(([n,r])=>`${n}: ${r.map(g).join(", ")}`)),a(i("References"),t.references),`To accept it: # portolan:ignore ${t.id} -- reason`].filter(n=>n!=="").join(`

`)}
`}function g(t){return typeof t=="string"?t:t.id}function a(t,e){return e.length===0?"":[t,...e].join(`
`)}function $(t){return t.trimEnd().split(`
`).map(e=>`    ${e}`).join(`
`)}export{u as ruleListText,j as ruleText};
