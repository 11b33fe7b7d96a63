var t=e=>process.getBuiltinModule("node:crypto")[e];var r=t("createHash");export{r as a};
