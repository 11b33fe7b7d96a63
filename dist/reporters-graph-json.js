import{createRequire as portolanRequire}from'node:module';const require=portolanRequire(import.meta.url);
import{a,b,c}from"./chunks/4W3WPJV4.js";import"./chunks/6IRGUDRY.js";import"./chunks/FNY5XREN.js";export{a as graphJson,b as noticeOf,c as places};
