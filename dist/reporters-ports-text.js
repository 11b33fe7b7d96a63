import{createRequire as portolanRequire}from'node:module';const require=portolanRequire(import.meta.url);
import{a as m,b as d}from"./chunks/DPFH6ECC.js";import{k as p}from"./chunks/Q5RQBFXY.js";import"./chunks/FNY5XREN.js";var l=["WORKLOAD","PORT","ROLE","REACHED BY","NEEDED BY","SAID IN"];function E(t,r){let n=m(t,r).map(({environment:i,lines:e})=>g(i,e.map(c),r));return n.length===0?`No listeners.
`:n.join(`
`)}function c(t){let r=t.origins[0];return[t.workload,`${t.port}/${t.protocol}`,t.service===null?t.role:`${t.role} (${t.service})`,d(t),t.neededBy.join(", ")||"-",r===void 0?"-":`${r.file}:${r.line}:${r.column}`].map(p)}function g(t,r,{style:n}){let i=l.map((o,s)=>Math.max(o.length,...r.map(a=>a[s].length))),e=o=>`  ${o.map((s,a)=>s.padEnd(i[a])).join("  ")}`.trimEnd();return[n("bold",p(t)),n("dim",e(l)),...r.map(e)].map(o=>`${o}
`).join("")}export{E as portsText};
