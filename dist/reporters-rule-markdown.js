import{createRequire as portolanRequire}from'node:module';const require=portolanRequire(import.meta.url);
import{a,b,c}from"./chunks/YRHBIP2Y.js";import"./chunks/6IRGUDRY.js";import"./chunks/FNY5XREN.js";export{b as acceptance,a as ruleHelp,c as ruleMarkdown};
