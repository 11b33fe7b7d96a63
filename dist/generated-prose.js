import{a as e}from"./chunks/4R7ZWQX6.js";import{h as r}from"./chunks/7HFEIGZN.js";import"./chunks/DDTFCJPG.js";var o=JSON.parse(r(new URL(e,import.meta.url),"utf8"));export{o as default};
