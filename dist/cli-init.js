var y=Object.defineProperty;var F=Object.getOwnPropertyDescriptor;var z=Object.getOwnPropertyNames;var U=Object.prototype.hasOwnProperty;var Z=(t,e)=>{for(var o in e)y(t,o,{get:e[o],enumerable:!0})},G=(t,e,o,r)=>{if(e&&typeof e=="object"||typeof e=="function")for(let a of z(e))!U.call(t,a)&&a!==o&&y(t,a,{get:()=>e[a],enumerable:!(r=F(e,a))||r.enumerable});return t};var K=t=>G(y({},"__esModule",{value:!0}),t);var Ot={};module.exports={__esModule:!0,get init(){return E}};var p=require("./chunks/BKR7F7WX.js"),n=require("./chunks/4KX3QPR6.js"),g=require("./chunks/3FYGLXQ4.js");function f(t,e,o){return t.read(e).kind==="text"?{kind:"there",path:e,because:"it stands there already"}:R(t,e,o)??{kind:"create",path:e,text:o}}function S(t,e,o,r){return R(t,e,r)??{kind:"append",path:e,text:r,before:o}}function x(t,e){let o=e(t.source??A);return t.source||o.kind==="there"||o.kind==="ask"?o:{kind:"ask",path:o.path,text:o.text,because:N}}function R(t,e,o){let r=t.read(e);return r.kind==="refused"?{kind:"ask",path:e,text:o,because:`it cannot be read: ${r.because}`}:(0,n.se)(t.top,(0,n.m)(t.top,e))?{kind:"ask",path:e,text:o,because:"a link leads somewhere else"}:null}function j(t,e){let o=t.includes(`\r
`)?`\r
`:`
`,r=t===""||t.endsWith(`
`)?"":o;return t+r+e.replaceAll(`
`,o)}function V({top:t},e){e.kind==="create"&&(0,n.re)(t,e.path,e.text,"wx"),e.kind==="append"&&(0,n.re)(t,e.path,j(e.before,e.text))}function b(t){return/^[A-Za-z][\w./-]*$/.test(t)&&!/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(t)?t:JSON.stringify(t).replace(/[^ -~]/g,e=>`\\u${e.charCodeAt(0).toString(16).padStart(4,"0")}`)}var A,N,$=(0,g.b)(()=>{"use strict";(0,n.q)(),(0,n.ue)(),A={repository:"OWNER/portolan",commit:"FULL_COMMIT_HASH"},N="to write it, give --from OWNER/portolan@FULL_COMMIT_HASH: what it runs has to be pinned"});function X(t,e){return[P,Y(t),B(t,e)].filter(o=>o!=="").join(`
`)}function Y({environments:t}){let e=new Set(t.flatMap(({units:r})=>r.map(({technology:a})=>a))),o=[...e.has("compose")?["#   internetFacingHosts: false # the machines that compose runs on stand behind a firewall"]:[],...e.has("kubernetes")?["#   cni: calico # the network plugin, which enforces policies or does not"]:[]];return o.length===0?"":`${["# What the code cannot show:","# assume:",...o].join(`
`)}
`}function B({environments:t},e){let o=new Map;for(let l of t.flatMap(({exposures:u})=>u)){let{scope:u,implicit:c,listener:d}=l;if(c||!n.gb.has(u)||!d.roles.slice(0,1).every(({role:h})=>C.has(h)))continue;let{name:w}=d.workload;/^\w[\w.-]*$/.test(w)&&o.set(w,[...o.get(w)??[],l])}if(o.size===0)return"";let r=[...o].sort(([l],[u])=>l<u?-1:1),a=r.slice(0,W).map(([l,u])=>Q(l,u,e)),i=r.length-a.length,s=i>0?[`#   # and ${(0,n.fe)(i,"more")}: portolan ports`]:[];return`${["# What leads in from outside. Those that are meant to are front doors, and no finding:","# services:",...a,...s].join(`
`)}
`}function Q(t,e,o){let r=[...new Map(e.map(({listener:l})=>[`${l.ports.from}/${l.protocol}`,l])).values()].filter(({ports:l,valid:u})=>u&&l.from===l.to).map(({ports:l,protocol:u})=>`{ port: ${l.from}${u==="tcp"?"":`, protocol: ${u}`} }`),a=r.length===0?"":`listens: [${r.join(", ")}], `,{grant:i}=e[0],s=`${i.file}:${(0,n.Ld)(i,o).line}`;return`#   ${b(t)}: { ${a}public: true } # ${(0,n.Rd)(s)}`}var W,C,P,tt=(0,g.b)(()=>{"use strict";(0,n.ib)(),(0,n.Pd)(),(0,n.he)(),(0,n.Sd)(),$(),W=12,C=new Set(["application","unknown"]),P=`# yaml-language-server: $schema=https://json.schemastore.org/portolan.json
# Which rules hold here, what the code cannot show, and what is accepted until when.
version: 1

policy:
  failOn: high # the least severity that fails a run: critical, high, medium, low, info or never
`});function et(t){let e=t.read(m),o=e.kind==="text"?e.text:null;return o!==null&&ot(v(o)).some(r=>String(r).startsWith("portolan"))?{kind:"there",path:m,because:"it runs Portolan already"}:x(t,r=>{let a=D.find(s=>t.read(s).kind==="text");if(o===null&&a!==void 0)return{kind:"ask",path:a,text:`portolan scan --allow-empty
`,because:"it runs the hooks here: have it run this, as docs/hooks.md shows"};if(o===null)return f(t,m,`repos:
${q(t,r,"  ")}`);let i=q(t,r,/^( *)- +repo:/m.exec(o)?.[1]??"  ");return nt(o,j(o,i))?S(t,m,o,i):{kind:"ask",path:m,text:i,because:"its list of repos does not end the file: add it to the list"}})}function q({prefix:t},{repository:e,commit:o},r){let a=[`- repo: https://github.com/${e}`,`  rev: ${o}`,"  hooks:","    - id: portolan"];return t!==""&&a.push(`      args: [${b(`--root=${t.slice(0,-1)}`)}]`),a.map(i=>`${r}${i}
`).join("")}function nt(t,e){let[o,r]=[v(t),v(e)];return!o?.repos?.length||r?.repos?.length!==o.repos.length+1?!1:JSON.stringify({...r,repos:r.repos.slice(0,-1)})===JSON.stringify(o)}function v(t){let e=(0,n.Z)(m,t),o="content"in e?e.content:null;return Array.isArray(o?.repos)?o:null}function ot(t){return(t?.repos??[]).flatMap(e=>Array.isArray(e?.hooks)?e.hooks.map(o=>o?.id):[])}var m,D,rt=(0,g.b)(()=>{"use strict";(0,n.aa)(),$(),m=".pre-commit-config.yaml",D=["lefthook.yml","lefthook.yaml",".lefthook.yml",".lefthook.yaml",".husky/pre-commit"]});function at(t,e,o){let r=e.find(c=>t.read(c).kind!=="missing")??e[0],a=t.read(r),i=a.kind==="text"?a.text:"",s=st(i,t.owners.length===0),l=[...o,r].map(c=>`/${c.replace(/[\s#!*?[\]\\]/g,"\\$&")}`).filter(c=>!s.has(c));if(l.length===0)return{kind:"there",path:r,because:"it guards the policy already"};let u=it(l,t.owners);return a.kind==="text"?S(t,r,i,`
${u}`):f(t,r,u)}function it(t,e){let[o,r]=e.length>0?["# What Portolan judges by: nobody accepts their own findings.",t.map(a=>`${a} ${e.join(" ")}`)]:["# What Portolan judges by: write who owns it, and take the comments off.",t.map(a=>`# ${a} @OWNER`)];return`${[o,...r].join(`
`)}
`}function st(t,e){let o=t.split(/\r?\n/).map(r=>e?r.replace(/^# */,""):r);return new Set(o.map(r=>/^(?:\\.|\S)+/.exec(r)?.[0]??""))}var T,lt=(0,g.b)(()=>{"use strict";$(),T={github:[".github/CODEOWNERS","CODEOWNERS","docs/CODEOWNERS"],gitlab:["CODEOWNERS","docs/CODEOWNERS",".gitlab/CODEOWNERS"]}});function ut(t){let e=t.folder(O).find(o=>{let r=t.read(o);return/\.ya?ml$/.test(o)&&r.kind==="text"&&/^[ \t]*(?:- )?uses: \S+\/portolan@/m.test(r.text)});return e!==void 0?{kind:"there",path:e,because:"it runs Portolan already"}:x(t,o=>f(t,`${O}/portolan.yml`,ct(t,o)))}function ct({branch:t,prefix:e},o){let r=e===""?"":`
        with:
          root: ${b(e.slice(0,-1))}`;return`name: Ports
on:
  pull_request:
  push:
    branches: [${b(t.replace(/[*?+![\]\\]/g,"\\$&"))}]

permissions:
  contents: read

jobs:
  portolan:
    runs-on: ubuntu-latest
    permissions:
      contents: read
      security-events: write # for the upload alone; leave both out where code scanning is off
    steps:
      - uses: ${H}
        with:
          fetch-depth: 2 # the pull request and what it is merged into
          persist-credentials: false
      - uses: ${o.repository}@${o.commit} # pin what you run: a tag can be moved
        id: portolan${r}
      - uses: ${M}
        if: \${{ !cancelled() && steps.portolan.outputs.sarif-file != '' }}
        with:
          sarif_file: \${{ steps.portolan.outputs.sarif-file }}
`}function ht(t){let e=".gitlab-ci.yml",o=`include:
  - local: ${k}
`,r=t.read(e),a=x(t,i=>f(t,k,pt(t,i)));return r.kind==="missing"?[a,a.kind==="ask"?{...a,path:e,text:o}:f(t,e,o)]:r.kind==="text"&&r.text.includes(k)?[a,{kind:"there",path:e,because:"it includes the job already"}]:[a,{kind:"ask",path:e,text:o,because:"add the line to what it includes"}]}function pt({prefix:t},{repository:e,commit:o}){let r=t===""?"":` --root ${dt(t.slice(0,-1))}`;return`portolan:
  image: node:24
  variables:
    PORTOLAN: \${CI_PROJECT_DIR}.portolan
  script:
    - git init --quiet "$PORTOLAN"
    - git -C "$PORTOLAN" fetch --quiet --depth 1 https://github.com/${e} ${o}
    - git -C "$PORTOLAN" checkout --quiet FETCH_HEAD
    - ${b(`node "$PORTOLAN/dist/portolan.js" scan${r} --output gitlab=gl-code-quality-report.json`)}
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
`}function dt(t){return`'${t.replaceAll("'","'\\''")}'`}var H,M,O,k,ft=(0,g.b)(()=>{"use strict";$(),H="actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",M="github/codeql-action/upload-sarif@8aad20d150bbac5944a9f9d289da16a4b0d87c1e # v4.36.2",O=".github/workflows",k=".gitlab/portolan.yml"});function mt({root:t,checkout:e,fromCheckout:o},{from:r,owner:a}){let i=e??t,s=(0,n.Ie)(i);return{top:i,prefix:o,read:s.read,folder:s.folder,branch:e===null?"main":wt(e),source:r??bt(),owners:a??[]}}function gt(t){return t.read(".gitlab-ci.yml").kind==="text"&&t.folder(".github/workflows").length===0?"gitlab":"github"}function wt(t){return L(t,"refs/remotes/origin/HEAD")?.replace(/^origin\//,"")??L(t,"HEAD")??"main"}function L(t,e){return _(()=>(0,p.b)(t,["symbolic-ref","--quiet","--short",e],"",1024).toString("utf8").trim())}function bt(){let t=(0,n.o)((0,n.o)((0,n.ja)(process.argv[1]??".")));return!(0,n.ga)((0,n.n)(t,".git"))||!(0,n.ga)((0,n.n)(t,"action.yml"))?null:_(()=>{let e=(0,p.b)(t,["config","--get","remote.origin.url"],"",4096).toString("utf8").trim(),o=/^(?:https:\/\/|ssh:\/\/git@|git@)github\.com[:/]([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(e)?.[1];return o===void 0?null:{repository:o,commit:(0,p.c)(t,"HEAD")}})}function _(t){try{return t()}catch(e){if(e instanceof p.a)return null;throw e}}function $t(t){let[,e,o]=/^([\w.-]+\/[\w.-]+)@([0-9a-f]{40}|[0-9a-f]{64})$/.exec(t)??[];if(e!==void 0&&o!==void 0)return{repository:e,commit:o};throw new n.h(`--from cannot be ${t}: write OWNER/REPOSITORY@COMMIT with the full hash, since a tag can be moved`)}function kt(t,e){let o=(0,n.Ae)(t,e),r=o.find(a=>!/^(?:@[\w.-]+(?:\/[\w.-]+)*|[\w.+-]+@[\w.-]+)$/.test(a));if(r===void 0)return o;throw new n.h(`--owner cannot be ${r}: write @user, @org/team or an address`)}function yt(t,e){let o="because"in t?` (${t.because})`:"",r=`${e("bold",I[t.kind])} ${(0,n.Rd)(t.path)}${o}
`;if(t.kind==="there")return r;let a=t.text.replace(/\n$/,"").split(`
`);return r+a.map(i=>`  ${e("green",`+ ${(0,n.Rd)(i)}`.trimEnd())}
`).join("")}function xt(t,e){let o=(...i)=>t.filter(({kind:s})=>i.includes(s)).length,r=o("create","append"),a=o("ask")>0?`; ${(0,n.fe)(o("ask"),"file")} by hand`:"";return r===0?`nothing to write${a}`:e?`${(0,n.fe)(r,"file")} written${a}`:`nothing is written yet: --write writes ${(0,n.fe)(r,"file")}${a}`}var E,I,vt=(0,g.b)(()=>{(0,n.Xe)(),(0,n.ma)(),(0,n.q)(),(0,n.ea)(),(0,n.hc)(),(0,n.Kd)(),(0,n.he)(),(0,n.Sd)(),(0,n.Je)(),(0,p.d)(),(0,n.l)(),(0,n.ue)(),(0,n.j)(),tt(),rt(),lt(),$(),ft(),(0,n.De)(),(0,n.ne)(),(0,n.Ve)(),(0,n.Re)(),E={about:"a configuration, a workflow, a hook and owners for this repository: shows them, and writes with --write",parameters:[],options:[...n.xe,{flags:"--write",about:"write what is shown; nothing is ever written over"},{flags:"--from <owner/repository@commit>",about:"where on GitHub the workflow and the hook take Portolan from (default: the clone that runs)",read:$t},{flags:"--owner <name>",about:"who has to agree to a change of the policy: @org/team",read:kt},{flags:"--ci <name>",about:"whose pipelines (default: by what is there)",choices:["github","gitlab","none"]},{flags:"--baseline",about:`write what is found now to ${n.ba}, so that only what is new is told`}],async run(t,e,o){let r=(0,n.Ne)(o,[],{...e,allowEmpty:!0}),a=await r.policy(),i=await r.analyse(a.config),s=mt(r.place,e),l=e.ci??gt(s),u={github:()=>[ut(s)],gitlab:()=>ht(s),none:()=>[]}[l](),c=[n.ke,n.ba].map(h=>`${s.prefix}${h}`),d=[f(s,c[0],X(i.graph,i.lines)),...u,et(s),at(s,T[l==="gitlab"?l:"github"],[...c,...u.map(({path:h})=>h)])];if(e.baseline){let h=(0,n.fc)(a,{only:[],skip:[],inlineSuppressions:!0,at:(0,n.Se)(o)}),{findings:J}=await(0,n.Jd)(i,h,[]);d.push(f(s,c[1],(0,n.da)(J)))}let w=(0,n.te)(o,e.color);if(o.stdout.write(d.map(h=>yt(h,w)).join(`
`)),e.write)for(let h of d)V(s,h);return e.quiet||o.stderr.write(`portolan: ${xt(d,e.write===!0)}
`),n.g.clean}},I={create:"create",append:"add to",there:"leave",ask:"by hand"}});vt();0&&(module.exports={init});
