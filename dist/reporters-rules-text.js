var s=Object.defineProperty;var u=Object.getOwnPropertyDescriptor;var m=Object.getOwnPropertyNames;var j=Object.prototype.hasOwnProperty;var x=(e,i)=>{for(var r in i)s(e,r,{get:i[r],enumerable:!0})},h=(e,i,r,o)=>{if(i&&typeof i=="object"||typeof i=="function")for(let t of m(i))!j.call(e,t)&&t!==r&&s(e,t,{get:()=>i[t],enumerable:!(o=u(i,t))||o.enumerable});return e};var y=e=>h(s({},"__esModule",{value:!0}),e);var E={};x(E,{ruleListText:()=>f,ruleText:()=>$});module.exports=y(E);var n=require("./chunks/DXB5T4DP.js");function f(e,{style:i}){let r=Math.max(0,...e.map(({id:t})=>t.length)),o=Math.max(0,...e.map(t=>p(t).length));return e.map(t=>`${i("bold",t.id.padEnd(r))}  ${p(t).padEnd(o)}  ${t.title}
`).join("")}function p(e){return typeof e.severity=="string"?e.severity:`up to ${(0,n.hd)(e)}`}function $({rule:e,examples:i},{style:r}){let o=t=>r("bold",t);return`${[`${o(e.id)}
${e.title}`,`severity    ${(0,n.id)(e)}
confidence  ${e.confidence}`,e.why.trim(),...(0,n.fd)(e.fix).map(({technology:t,text:a})=>`${o(t===null?"How to fix it":`How to fix it: ${t}`)}
${a}`),...i.map(({title:t,files:a})=>[o(`Example: ${t}`),...Object.entries(a).map(([c,d])=>`${c}:
${b(d)}`)].join(`
`)),l(o("Controls"),Object.entries(e.controls).map(([t,a])=>`${t}: ${a.join(", ")}`)),l(o("Checks of other tools that it stands for"),Object.entries(e.equivalents).map(([t,a])=>`${t}: ${a.map(g).join(", ")}`)),l(o("References"),e.references),`To accept it: # portolan:ignore ${e.id} -- reason`].filter(t=>t!=="").join(`

`)}
`}function g(e){return typeof e=="string"?e:e.id}function l(e,i){return i.length===0?"":[e,...i].join(`
`)}function b(e){return e.trimEnd().split(`
`).map(i=>`    ${i}`).join(`
`)}var v=(0,n.b)(()=>{(0,n.Hd)(),(0,n.jd)()});v();0&&(module.exports={ruleListText,ruleText});
