import{a,b,c}from"./chunks/KBP67VWV.js";import"./chunks/HTYFPNMO.js";import"./chunks/7HFEIGZN.js";import"./chunks/DDTFCJPG.js";export{b as acceptance,a as ruleHelp,c as ruleMarkdown};
