var s=Object.defineProperty;var u=Object.getOwnPropertyDescriptor;var d=Object.getOwnPropertyNames;var j=Object.prototype.hasOwnProperty;var x=(e,i)=>{for(var o in i)s(e,o,{get:i[o],enumerable:!0})},h=(e,i,o,n)=>{if(i&&typeof i=="object"||typeof i=="function")for(let t of d(i))!j.call(e,t)&&t!==o&&s(e,t,{get:()=>i[t],enumerable:!(n=u(i,t))||n.enumerable});return e};var y=e=>h(s({},"__esModule",{value:!0}),e);var v={};module.exports={__esModule:!0,get ruleListText(){return p},get ruleText(){return $}};var a=require("./chunks/LGM466IM.js"),w=require("./chunks/3FYGLXQ4.js");function p(e,{style:i}){let o=Math.max(0,...e.map(({id:t})=>t.length)),n=Math.max(0,...e.map(t=>c(t).length));return e.map(t=>`${i("bold",t.id.padEnd(o))}  ${c(t).padEnd(n)}  ${t.title}
`).join("")}function c(e){return typeof e.severity=="string"?e.severity:`up to ${(0,a.Jc)(e)}`}function $({rule:e,examples:i},{style:o}){let n=t=>o("bold",t);return`${[`${n(e.id)}
${e.title}`,`severity    ${(0,a.Kc)(e)}
confidence  ${e.confidence}`,e.why.trim(),...(0,a.Hc)(e.fix).map(({technology:t,text:r})=>`${n(t===null?"How to fix it":`How to fix it: ${t}`)}
${r}`),...i.map(({title:t,files:r})=>[n(`Example: ${t}`),...Object.entries(r).map(([f,m])=>`${f}:
${b(m)}`)].join(`
`)),l(n("Controls"),Object.entries(e.controls).map(([t,r])=>`${t}: ${r.join(", ")}`)),l(n("Checks of other tools that it stands for"),Object.entries(e.equivalents).map(([t,r])=>`${t}: ${r.map(g).join(", ")}`)),l(n("References"),e.references),`To accept it: # portolan:ignore ${e.id} -- reason`].filter(t=>t!=="").join(`

`)}
`}function g(e){return typeof e=="string"?e:e.id}function l(e,i){return i.length===0?"":[e,...i].join(`
`)}function b(e){return e.trimEnd().split(`
`).map(i=>`    ${i}`).join(`
`)}0&&(module.exports={ruleListText,ruleText});
