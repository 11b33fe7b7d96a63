import{a as p,d as l}from"./chunks/3WXD64VZ.js";import"./chunks/CN3UMWZC.js";import{Qa as r}from"./chunks/SNSPHFOR.js";import"./chunks/7HFEIGZN.js";import"./chunks/DDTFCJPG.js";function C(e,{style:i}){let o=p(e),s=({environment:n})=>o.length>1?[i("bold",`# ${r(n)}`)]:[],t=o.map(n=>[...s(n),...n.names.flatMap(({name:m,of:c})=>[`${m} = ${c.length} of`,...c.map(h=>`  ${h}`)]),...n.left.length===0?[]:["# Too much tells these apart to list who reaches them:",...n.left],...n.lines.map(a),...n.lines.length===0&&n.left.length===0?["No connections."]:[]]);return t.length===0?`No connections.
`:t.map(n=>`${n.join(`
`)}
`).join(`
`)}function a({source:e,target:i,ports:o,verdict:s,because:t}){let n=t.length===0?"":`: ${l(t)}`;return`${e} => ${i} : ${o}${s==="possible"?` (possible${n})`:""}`}export{C as connectionsText};
