import{a as e}from"./4R7ZWQX6.js";import{h as r}from"./7HFEIGZN.js";import"./DDTFCJPG.js";var o=JSON.parse(r(new URL(e,import.meta.url),"utf8"));export{o as default};
