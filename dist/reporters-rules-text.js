var s=Object.defineProperty;var d=Object.getOwnPropertyDescriptor;var x=Object.getOwnPropertyNames;var h=Object.prototype.hasOwnProperty;var j=(e,i)=>{for(var r in i)s(e,r,{get:i[r],enumerable:!0})},y=(e,i,r,n)=>{if(i&&typeof i=="object"||typeof i=="function")for(let t of x(i))!h.call(e,t)&&t!==r&&s(e,t,{get:()=>i[t],enumerable:!(n=d(i,t))||n.enumerable});return e};var g=e=>y(s({},"__esModule",{value:!0}),e);var w={};module.exports={__esModule:!0,get ruleListText(){return c},get ruleText(){return $}};var o=require("./chunks/WFOA7END.js"),f=require("./chunks/3FYGLXQ4.js");function c(e,{style:i}){let r=Math.max(0,...e.map(({id:t})=>t.length)),n=Math.max(0,...e.map(t=>p(t).length));return e.map(t=>`${i("bold",t.id.padEnd(r))}  ${p(t).padEnd(n)}  ${t.title}
`).join("")}function p(e){return typeof e.severity=="string"?e.severity:`up to ${(0,o.ee)(e)}`}function $({rule:e,examples:i},{style:r}){let n=t=>r("bold",t);return`${[`${n(e.id)}
${e.title}`,`severity    ${(0,o.fe)(e)}
confidence  ${e.confidence}`,e.why.trim(),...(0,o.ce)(e.fix).map(({technology:t,text:a})=>`${n(t===null?"How to fix it":`How to fix it: ${t}`)}
${a}`),...i.map(({title:t,files:a})=>[n(`Example: ${t}`),...Object.entries(a).map(([m,u])=>`${m}:
${v(u)}`)].join(`
`)),l(n("Controls"),Object.entries(e.controls).map(([t,a])=>`${t}: ${a.join(", ")}`)),l(n("Checks of other tools that it stands for"),Object.entries(e.equivalents).map(([t,a])=>`${t}: ${a.map(b).join(", ")}`)),l(n("References"),e.references),`To accept it: # portolan:ignore ${e.id} -- reason`].filter(t=>t!=="").join(`

`)}
`}function b(e){return typeof e=="string"?e:e.id}function l(e,i){return i.length===0?"":[e,...i].join(`
`)}function v(e){return e.trimEnd().split(`
`).map(i=>`    ${i}`).join(`
`)}var E=(0,f.b)(()=>{(0,o._e)(),(0,o.he)()});E();0&&(module.exports={ruleListText,ruleText});
