import{Ia as e}from"./SNSPHFOR.js";function i(t,{everyPort:a}){let o=n.get(t);if(o)return o;let r={all:t===a,ranges:e(t)};return n.set(t,r),r}var n=new WeakMap;export{i as a};
