import"./chunks/SNSPHFOR.js";import"./chunks/7HFEIGZN.js";import"./chunks/DDTFCJPG.js";function f({examples:t},{style:n,verbose:o}){let l=t.filter(({problems:e})=>e.length>0),i=t.filter(({problems:e})=>o||e.length>0).flatMap(({rule:e,title:p,problems:r})=>[`${r.length===0?n("green","holds"):n("red","fails")}  ${n("bold",e)}  ${p}`,...r.map(s=>`    ${s}`)]),a=`${t.length-l.length} of ${t.length} examples hold`;return[...i,a].map(e=>`${e}
`).join("")}function d(t){return`${JSON.stringify({version:1,...t},null,2)}
`}export{d as ruleTestsJson,f as ruleTestsText};
