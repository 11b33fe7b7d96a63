import{a,b,c}from"./chunks/ITQ5KW6C.js";import"./chunks/SNSPHFOR.js";import"./chunks/7HFEIGZN.js";import"./chunks/DDTFCJPG.js";export{b as acceptance,a as ruleHelp,c as ruleMarkdown};
