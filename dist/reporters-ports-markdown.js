var t=Object.defineProperty;var d=Object.getOwnPropertyDescriptor;var $=Object.getOwnPropertyNames;var c=Object.prototype.hasOwnProperty;var f=(i,r)=>{for(var e in r)t(i,e,{get:r[e],enumerable:!0})},u=(i,r,e,s)=>{if(r&&typeof r=="object"||typeof r=="function")for(let n of $(r))!c.call(i,n)&&n!==e&&t(i,n,{get:()=>r[n],enumerable:!(s=d(r,n))||s.enumerable});return i};var v=i=>u(t({},"__esModule",{value:!0}),i);var y={};f(y,{portsMarkdown:()=>p});module.exports=v(y);var a=require("./chunks/Q4NRRJK5.js"),o=require("./chunks/N7FFNBKK.js"),l=require("./chunks/WU3JL2SV.js"),m=require("./chunks/3FYGLXQ4.js");function p(i,r){let e=(0,o.a)(i,r).map(({environment:s,lines:n})=>`## ${(0,a.b)(s)}

${b(n)}`);return e.length===0?`No listeners.
`:e.join(`
`)}function b(i){let r=i.map(e=>[e.workload,`${e.port}/${e.protocol}`,e.service===null?e.role:`${e.role} (${e.service})`,(0,o.c)(e),e.neededBy.join(", ")||"\u2013",e.origins[0]===void 0?"\u2013":`${e.origins[0].file}:${e.origins[0].line}`]);return`${(0,a.a)(["Workload","Port","Role","Reached by","Needed by","Said in"],r.map(e=>e.map(a.b)))}
`}var g=(0,m.b)(()=>{(0,l.Ke)(),(0,a.c)(),(0,o.d)()});g();0&&(module.exports={portsMarkdown});
