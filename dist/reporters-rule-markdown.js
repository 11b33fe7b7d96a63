import{createRequire as portolanRequire}from'node:module';const require=portolanRequire(import.meta.url);
import{a,b,c}from"./chunks/Q6X2ME4J.js";import"./chunks/Q5RQBFXY.js";import"./chunks/FNY5XREN.js";export{b as acceptance,a as ruleHelp,c as ruleMarkdown};
