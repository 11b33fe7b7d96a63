import{createRequire as portolanRequire}from'node:module';const require=portolanRequire(import.meta.url);
import{a,b,c}from"./chunks/7R7GHH7L.js";import"./chunks/YLL2FT3F.js";import"./chunks/FNY5XREN.js";export{b as acceptance,a as ruleHelp,c as ruleMarkdown};
