import{Qa as s}from"./SNSPHFOR.js";function o(r,t){return[r,...t.map(n=>n.map(e).join(","))].map(n=>`${n}\r
`).join("")}function e(r){let t=s(r),n=/^[=+\-@\s\ufffd]/.test(t)?`'${t}`:t;return/[",]/.test(n)?`"${n.replaceAll('"','""')}"`:n}export{o as a};
