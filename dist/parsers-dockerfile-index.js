import{createRequire as portolanRequire}from'node:module';const require=portolanRequire(import.meta.url);
import{a,b,c,d,e}from"./chunks/J4DKPE7V.js";import"./chunks/Q5RQBFXY.js";import"./chunks/FNY5XREN.js";export{c as argumentPairs,b as environmentPairs,d as execForm,e as parseDockerfile,a as wordsOf};
