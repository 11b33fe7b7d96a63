import{a,b,c}from"./chunks/B2ECL6QK.js";import"./chunks/HTYFPNMO.js";import"./chunks/7HFEIGZN.js";import"./chunks/DDTFCJPG.js";export{a as graphJson,b as noticeOf,c as places};
