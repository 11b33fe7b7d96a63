var s=Object.defineProperty;var u=Object.getOwnPropertyDescriptor;var x=Object.getOwnPropertyNames;var j=Object.prototype.hasOwnProperty;var h=(e,i)=>{for(var r in i)s(e,r,{get:i[r],enumerable:!0})},y=(e,i,r,n)=>{if(i&&typeof i=="object"||typeof i=="function")for(let t of x(i))!j.call(e,t)&&t!==r&&s(e,t,{get:()=>i[t],enumerable:!(n=u(i,t))||n.enumerable});return e};var g=e=>y(s({},"__esModule",{value:!0}),e);var w={};h(w,{ruleListText:()=>$,ruleText:()=>c});module.exports=g(w);var o=require("./chunks/WU3JL2SV.js"),f=require("./chunks/3FYGLXQ4.js");function $(e,{style:i}){let r=Math.max(0,...e.map(({id:t})=>t.length)),n=Math.max(0,...e.map(t=>p(t).length));return e.map(t=>`${i("bold",t.id.padEnd(r))}  ${p(t).padEnd(n)}  ${t.title}
`).join("")}function p(e){return typeof e.severity=="string"?e.severity:`up to ${(0,o.Yd)(e)}`}function c({rule:e,examples:i},{style:r}){let n=t=>r("bold",t);return`${[`${n(e.id)}
${e.title}`,`severity    ${(0,o.Zd)(e)}
confidence  ${e.confidence}`,e.why.trim(),...(0,o.Wd)(e.fix).map(({technology:t,text:a})=>`${n(t===null?"How to fix it":`How to fix it: ${t}`)}
${a}`),...i.map(({title:t,files:a})=>[n(`Example: ${t}`),...Object.entries(a).map(([d,m])=>`${d}:
${v(m)}`)].join(`
`)),l(n("Controls"),Object.entries(e.controls).map(([t,a])=>`${t}: ${a.join(", ")}`)),l(n("Checks of other tools that it stands for"),Object.entries(e.equivalents).map(([t,a])=>`${t}: ${a.map(b).join(", ")}`)),l(n("References"),e.references),`To accept it: # portolan:ignore ${e.id} -- reason`].filter(t=>t!=="").join(`

`)}
`}function b(e){return typeof e=="string"?e:e.id}function l(e,i){return i.length===0?"":[e,...i].join(`
`)}function v(e){return e.trimEnd().split(`
`).map(i=>`    ${i}`).join(`
`)}var E=(0,f.b)(()=>{(0,o.Ke)(),(0,o._d)()});E();0&&(module.exports={ruleListText,ruleText});
