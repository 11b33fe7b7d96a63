import{createRequire as portolanRequire}from'node:module';const require=portolanRequire(import.meta.url);
import{a,b,c}from"./chunks/MYYME5TZ.js";import"./chunks/YLL2FT3F.js";import"./chunks/FNY5XREN.js";export{a as graphJson,b as noticeOf,c as places};
