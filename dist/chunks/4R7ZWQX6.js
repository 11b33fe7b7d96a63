var t="../data/prose.json";export{t as a};
