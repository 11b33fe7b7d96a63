import{createRequire as portolanRequire}from'node:module';const require=portolanRequire(import.meta.url);
import{a,b,c,d,e}from"./chunks/RU5GGPPD.js";import"./chunks/YLL2FT3F.js";import"./chunks/FNY5XREN.js";export{c as argumentPairs,b as environmentPairs,d as execForm,e as parseDockerfile,a as wordsOf};
