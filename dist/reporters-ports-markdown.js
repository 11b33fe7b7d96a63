import{createRequire as portolanRequire}from'node:module';const require=portolanRequire(import.meta.url);
import{a as p,b as i}from"./chunks/DPFH6ECC.js";import{k as n}from"./chunks/Q5RQBFXY.js";import"./chunks/FNY5XREN.js";function g(o,t){let e=p(o,t).map(({environment:r,lines:a})=>`## ${s(r)}

${c(a)}`);return e.length===0?`No listeners.
`:e.join(`
`)}function c(o){let t=o.map(r=>[r.workload,`${r.port}/${r.protocol}`,r.service===null?r.role:`${r.role} (${r.service})`,i(r),r.neededBy.join(", ")||"–",r.origins[0]===void 0?"–":`${r.origins[0].file}:${r.origins[0].line}`]),e=["Workload","Port","Role","Reached by","Needed by","Said in"];return[e,e.map(()=>"---"),...t.map(r=>r.map(s))].map(r=>`| ${r.join(" | ")} |
`).join("")}function s(o){return n(o.replaceAll(/[\r\n\t]+/g," ")).replaceAll(/[\\`*_{}[\]()#+!|<>~@&]/g,t=>`\\${t}`)}export{s as cell,g as portsMarkdown};
