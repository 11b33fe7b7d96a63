import{a,b,c}from"./chunks/ZFIZWLXP.js";import"./chunks/SNSPHFOR.js";import"./chunks/7HFEIGZN.js";import"./chunks/DDTFCJPG.js";export{a as graphJson,b as noticeOf,c as places};
