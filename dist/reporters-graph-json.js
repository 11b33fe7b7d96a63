import{createRequire as portolanRequire}from'node:module';const require=portolanRequire(import.meta.url);
import{a,b,c}from"./chunks/SZOE4KFC.js";import"./chunks/Q5RQBFXY.js";import"./chunks/FNY5XREN.js";export{a as graphJson,b as noticeOf,c as places};
