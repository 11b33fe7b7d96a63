var l=Object.defineProperty;var p=Object.getOwnPropertyDescriptor;var d=Object.getOwnPropertyNames;var m=Object.prototype.hasOwnProperty;var $=(i,r)=>{for(var e in r)l(i,e,{get:r[e],enumerable:!0})},u=(i,r,e,t)=>{if(r&&typeof r=="object"||typeof r=="function")for(let n of d(r))!m.call(i,n)&&n!==e&&l(i,n,{get:()=>r[n],enumerable:!(t=p(r,n))||t.enumerable});return i};var c=i=>u(l({},"__esModule",{value:!0}),i);var b={};module.exports={__esModule:!0,get portsMarkdown(){return s}};var a=require("./chunks/ZKBAFQQQ.js"),o=require("./chunks/JY6S7MD4.js"),v=require("./chunks/LGM466IM.js"),k=require("./chunks/3FYGLXQ4.js");function s(i,r){let e=(0,a.a)(i,r).map(({environment:t,lines:n})=>`## ${(0,o.b)(t)}

${f(n)}`);return e.length===0?`No listeners.
`:e.join(`
`)}function f(i){let r=i.map(e=>[e.workload,`${e.port}/${e.protocol}`,e.service===null?e.role:`${e.role} (${e.service})`,(0,a.b)(e),e.neededBy.join(", ")||"\u2013",e.origins[0]===void 0?"\u2013":`${e.origins[0].file}:${e.origins[0].line}`]);return`${(0,o.a)(["Workload","Port","Role","Reached by","Needed by","Said in"],r.map(e=>e.map(o.b)))}
`}0&&(module.exports={portsMarkdown});
