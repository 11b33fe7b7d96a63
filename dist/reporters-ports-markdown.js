import{a as p,c as i}from"./chunks/CN3UMWZC.js";import{Qa as n}from"./chunks/SNSPHFOR.js";import"./chunks/7HFEIGZN.js";import"./chunks/DDTFCJPG.js";function g(o,t){let e=p(o,t).map(({environment:r,lines:a})=>`## ${s(r)}

${c(a)}`);return e.length===0?`No listeners.
`:e.join(`
`)}function c(o){let t=o.map(r=>[r.workload,`${r.port}/${r.protocol}`,r.service===null?r.role:`${r.role} (${r.service})`,i(r),r.neededBy.join(", ")||"\u2013",r.origins[0]===void 0?"\u2013":`${r.origins[0].file}:${r.origins[0].line}`]),e=["Workload","Port","Role","Reached by","Needed by","Said in"];return[e,e.map(()=>"---"),...t.map(r=>r.map(s))].map(r=>`| ${r.join(" | ")} |
`).join("")}function s(o){return n(o.replaceAll(/[\r\n\t]+/g," ")).replaceAll(/[\\`*_{}[\]()#+!|<>~@&]/g,t=>`\\${t}`)}export{s as cell,g as portsMarkdown};
