import{createRequire as portolanRequire}from'node:module';const require=portolanRequire(import.meta.url);
import{a as n,b as p}from"./chunks/HLVNQ6KX.js";import"./chunks/6IRGUDRY.js";import"./chunks/FNY5XREN.js";function m(o,t){let e=n(o,t).map(({environment:r,lines:s})=>`## ${i(r)}

${a(s)}`);return e.length===0?`No listeners.
`:e.join(`
`)}function a(o){let t=o.map(r=>[r.workload,`${r.port}/${r.protocol}`,r.service===null?r.role:`${r.role} (${r.service})`,p(r),r.neededBy.join(", ")||"–",r.origins[0]===void 0?"–":`${r.origins[0].file}:${r.origins[0].line}`]),e=["Workload","Port","Role","Reached by","Needed by","Said in"];return[e,e.map(()=>"---"),...t.map(r=>r.map(i))].map(r=>`| ${r.join(" | ")} |
`).join("")}function i(o){return o.replaceAll(/[\r\n\t]+/g," ").replaceAll(/[\\`*_{}[\]()#+!|<>~@&]/g,t=>`\\${t}`)}export{i as cell,m as portsMarkdown};
