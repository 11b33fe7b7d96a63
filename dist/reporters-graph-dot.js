import{a,b}from"./chunks/ETKJ362G.js";import"./chunks/OJ366GC6.js";import"./chunks/SNSPHFOR.js";import"./chunks/7HFEIGZN.js";import"./chunks/DDTFCJPG.js";export{a as graphDot,b as quoted};
