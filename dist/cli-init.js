var y=Object.defineProperty;var J=Object.getOwnPropertyDescriptor;var G=Object.getOwnPropertyNames;var z=Object.prototype.hasOwnProperty;var V=(t,n)=>{for(var o in n)y(t,o,{get:n[o],enumerable:!0})},Y=(t,n,o,r)=>{if(n&&typeof n=="object"||typeof n=="function")for(let a of G(n))!z.call(t,a)&&a!==o&&y(t,a,{get:()=>n[a],enumerable:!(r=J(n,a))||r.enumerable});return t};var Z=t=>Y(y({},"__esModule",{value:!0}),t);var St={};module.exports={__esModule:!0,get init(){return E}};var d=require("./chunks/BKR7F7WX.js"),e=require("./chunks/WFOA7END.js"),g=require("./chunks/3FYGLXQ4.js");function f(t,n,o){return t.read(n).kind==="text"?{kind:"there",path:n,because:"it stands there already"}:A(t,n,o)??{kind:"create",path:n,text:o}}function S(t,n,o,r){return A(t,n,r)??{kind:"append",path:n,text:r,before:o}}function v(t,n){let o=n(t.source??N);return t.source||o.kind==="there"||o.kind==="ask"?o:{kind:"ask",path:o.path,text:o.text,because:R}}function A(t,n,o){let r=t.read(n);return r.kind==="refused"?{kind:"ask",path:n,text:o,because:`it cannot be read: ${r.because}`}:(0,e.ve)(t.top,(0,e.m)(t.top,n))?{kind:"ask",path:n,text:o,because:"a link leads somewhere else"}:null}function j(t,n){let o=t.includes(`\r
`)?`\r
`:`
`;return(t===""||t.endsWith(`
`)?"":o)+n.replaceAll(`
`,o)}function Q({top:t},n){n.kind==="create"&&(0,e.ue)(t,n.path,n.text,"wx"),n.kind==="append"&&(0,e.ue)(t,n.path,j(n.before,n.text),"a")}function w(t){return/^[A-Za-z][\w./-]*$/.test(t)&&!/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(t)?t:JSON.stringify(t).replace(/[^ -~]/gu,n=>{let o=n.codePointAt(0).toString(16);return o.length>4?`\\U${o.padStart(8,"0")}`:`\\u${o.padStart(4,"0")}`})}var N,R,b=(0,g.b)(()=>{"use strict";(0,e.q)(),(0,e.xe)(),N={repository:"OWNER/portolan",commit:"FULL_COMMIT_HASH"},R="to write it, give --from OWNER/portolan@FULL_COMMIT_HASH: what it runs has to be pinned"});function X(t,n){return[M,B(t),K(t,n)].filter(o=>o!=="").join(`
`)}function B({environments:t}){let n=new Set(t.flatMap(({units:r})=>r.map(({technology:a})=>a))),o=[...n.has("compose")?["#   internetFacingHosts: false # the machines that compose runs on stand behind a firewall"]:[],...n.has("kubernetes")?["#   cni: calico # the network plugin, which enforces policies or does not"]:[]];return o.length===0?"":`${["# What the code cannot show:","# assume:",...o].join(`
`)}
`}function K({environments:t},n){let o=new Map;for(let l of t.flatMap(({exposures:u})=>u)){let{scope:u,implicit:p,listener:h}=l;if(h.valid&&h.ports.from!==h.ports.to||p||!e.Xa.has(u)||!h.roles.slice(0,1).every(({role:c})=>C.has(c)))continue;let{name:$}=h.workload;/^\w[\w.-]*$/.test($)&&(0,e.Fb)(o,$,l)}if(o.size===0)return"";let r=[...o].sort((0,e.s)(([l])=>l)),a=r.slice(0,W).map(([l,u])=>tt(l,u,n)),i=r.length-a.length,s=i>0?[`#   # and ${(0,e.ie)(i,"more")}: portolan ports`]:[];return`${["# What leads in from outside. Those that are meant to are front doors, and no finding:","# services:",...a,...s].join(`
`)}
`}function tt(t,n,o){let r=[...new Map(n.map(({listener:l})=>[`${l.ports.from}/${l.protocol}`,l])).values()].filter(({ports:l,valid:u})=>u&&l.from===l.to).map(({ports:l,protocol:u})=>`{ port: ${l.from}${u==="tcp"?"":`, protocol: ${u}`} }`),a=r.length===0?"":`listens: [${r.join(", ")}], `,{grant:i}=n[0],s=`${i.file}:${(0,e.Od)(i,o).line}`;return`#   ${w(t)}: { ${a}public: true } # ${(0,e.Ud)(s)}`}var W,C,M,et=(0,g.b)(()=>{"use strict";(0,e._a)(),(0,e.Sd)(),(0,e.ke)(),(0,e.Vd)(),(0,e.Gb)(),(0,e.t)(),b(),W=12,C=new Set(["application","unknown"]),M=`# yaml-language-server: $schema=https://json.schemastore.org/portolan.json
# Which rules hold here, what the code cannot show, and what is accepted until when.
version: 1

policy:
  failOn: high # the least severity that fails a run: critical, high, medium, low, info or never
`});function nt(t){let n=t.read(m),o=n.kind==="text"?n.text:null;return o!==null&&rt(x(o)).some(r=>String(r).startsWith("portolan"))?{kind:"there",path:m,because:"it runs Portolan already"}:v(t,r=>{let a=q.find(s=>t.read(s).kind==="text");if(o===null&&a!==void 0)return{kind:"ask",path:a,text:`portolan scan --allow-empty
`,because:"it runs the hooks here: have it run this, as docs/hooks.md shows"};if(o===null)return f(t,m,`repos:
${P(t,r,"  ")}`);let i=P(t,r,/^( *)- +repo:/m.exec(o)?.[1]??"  ");return ot(o,o+j(o,i))?S(t,m,o,i):{kind:"ask",path:m,text:i,because:"its list of repos does not end the file: add it to the list"}})}function P({prefix:t},{repository:n,commit:o},r){let a=[`- repo: https://github.com/${n}`,`  rev: ${o}`,"  hooks:","    - id: portolan"];return t!==""&&a.push(`      args: [${w(`--root=${t.slice(0,-1)}`)}]`),a.map(i=>`${r}${i}
`).join("")}function ot(t,n){let[o,r]=[x(t),x(n)];return!o?.repos?.length||r?.repos?.length!==o.repos.length+1?!1:JSON.stringify({...r,repos:r.repos.slice(0,-1)})===JSON.stringify(o)}function x(t){let n=(0,e.Z)(m,t),o="content"in n?n.content:null;return Array.isArray(o?.repos)?o:null}function rt(t){return(t?.repos??[]).flatMap(n=>Array.isArray(n?.hooks)?n.hooks.map(o=>o?.id):[])}var m,q,at=(0,g.b)(()=>{"use strict";(0,e.aa)(),b(),m=".pre-commit-config.yaml",q=["lefthook.yml","lefthook.yaml",".lefthook.yml",".lefthook.yaml",".husky/pre-commit"]});function it(t,n,o){let r=n.find(p=>t.read(p).kind!=="missing")??n[0],a=t.read(r),i=a.kind==="text"?a.text:"",s=lt(i,t.owners.length===0),l=[...o,r].filter(p=>!ut(p,s)).map(D);if(l.length===0)return{kind:"there",path:r,because:"it guards the policy already"};let u=st(l,t.owners);return a.kind==="text"?S(t,r,i,`
${u}`):f(t,r,u)}function st(t,n){let[o,r]=n.length>0?["# What Portolan judges by: nobody accepts their own findings.",t.map(a=>`${a} ${n.join(" ")}`)]:["# What Portolan judges by: write who owns it, and take the comments off.",t.map(a=>`# ${a} @OWNER`)];return`${[o,...r].join(`
`)}
`}function D(t){return`/${t.replace(/[\s#!*?[\]\\]/g,"\\$&")}`}function lt(t,n){return t.split(/\r?\n/).flatMap(o=>{let r=n?o.replace(/^# */,""):o,a=/^(?:\\.|[^\s#])(?:\\.|\S)*/.exec(r)?.[0];return a===void 0?[]:[{pattern:a,owned:/^\s+[^\s#]/.test(r.slice(a.length))}]})}function ut(t,n){let o=n.findLast(({pattern:r})=>(0,e.fa)({ignorecase:!1}).add(r).ignores(t));return o?.owned===!0&&o.pattern===D(t)}var T,ct=(0,g.b)(()=>{"use strict";(0,e.ga)(),b(),T={github:[".github/CODEOWNERS","CODEOWNERS","docs/CODEOWNERS"],gitlab:["CODEOWNERS","docs/CODEOWNERS",".gitlab/CODEOWNERS"]}});function ht(t){let n=t.folder(O).find(o=>{let r=t.read(o);return/\.ya?ml$/.test(o)&&r.kind==="text"&&/^[ \t]*(?:- )?uses: \S+\/portolan@/m.test(r.text)});return n!==void 0?{kind:"there",path:n,because:"it runs Portolan already"}:v(t,o=>f(t,`${O}/portolan.yml`,pt(t,o)))}function pt({branch:t,prefix:n},o){let r=n===""?"":`
        with:
          root: ${w(n.slice(0,-1))}`;return`name: Ports
on:
  pull_request:
  push:
    branches: [${w(t.replace(/[*?+![\]\\]/g,"\\$&"))}]

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
      - uses: ${L}
        if: \${{ !cancelled() && steps.portolan.outputs.sarif-file != '' }}
        with:
          sarif_file: \${{ steps.portolan.outputs.sarif-file }}
`}function dt(t){let n=".gitlab-ci.yml",o=`include:
  - local: ${k}
`,r=t.read(n),a=v(t,i=>f(t,k,ft(t,i)));return r.kind==="missing"?[a,a.kind==="ask"?{...a,path:n,text:o}:f(t,n,o)]:r.kind==="text"&&r.text.includes(k)?[a,{kind:"there",path:n,because:"it includes the job already"}]:[a,{kind:"ask",path:n,text:o,because:"add the line to what it includes"}]}function ft({prefix:t},{repository:n,commit:o}){let r=t===""?"":` --root ${mt(t.slice(0,-1))}`;return`portolan:
  image: node:24
  variables:
    PORTOLAN: \${CI_PROJECT_DIR}.portolan
  script:
    - git init --quiet "$PORTOLAN"
    - git -C "$PORTOLAN" fetch --quiet --depth 1 https://github.com/${n} ${o}
    - git -C "$PORTOLAN" checkout --quiet FETCH_HEAD
    - ${w(`node "$PORTOLAN/dist/portolan.js" scan${r} --output gitlab=gl-code-quality-report.json`)}
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
`}function mt(t){return`'${t.replaceAll("'","'\\''")}'`}var H,L,O,k,gt=(0,g.b)(()=>{"use strict";b(),H="actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",L="github/codeql-action/upload-sarif@8aad20d150bbac5944a9f9d289da16a4b0d87c1e # v4.36.2",O=".github/workflows",k=".gitlab/portolan.yml"});function wt({root:t,checkout:n,fromCheckout:o},{from:r,owner:a}){let i=n??t,s=(0,e.Le)(i);return{top:i,prefix:o,read:s.read,folder:s.folder,branch:n===null?"main":$t(n),source:r??kt(),owners:a??[]}}function bt(t){return t.read(".gitlab-ci.yml").kind==="text"&&t.folder(".github/workflows").length===0?"gitlab":"github"}function $t(t){return _(t,"refs/remotes/origin/HEAD")?.replace(/^origin\//,"")??_(t,"HEAD")??"main"}function _(t,n){return I(()=>(0,d.b)(t,["symbolic-ref","--quiet","--short",n],"",1024).toString("utf8").trim())}function kt(){let t=(0,e.o)((0,e.o)((0,e.la)(process.argv[1]??".")));return!(0,e.ia)((0,e.n)(t,".git"))||!(0,e.ia)((0,e.n)(t,"action.yml"))?null:I(()=>{let n=(0,d.b)(t,["config","--get","remote.origin.url"],"",4096).toString("utf8").trim(),o=/^(?:https:\/\/|ssh:\/\/git@|git@)github\.com[:/]([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(n)?.[1];return o===void 0?null:{repository:o,commit:(0,d.c)(t,"HEAD")}})}function I(t){try{return t()}catch(n){if(n instanceof d.a)return null;throw n}}function yt(t){let[,n,o]=/^([\w.-]+\/[\w.-]+)@([0-9a-f]{40}|[0-9a-f]{64})$/.exec(t)??[];if(n!==void 0&&o!==void 0)return{repository:n,commit:o};throw new e.h(`--from cannot be ${t}: write OWNER/REPOSITORY@COMMIT with the full hash, since a tag can be moved`)}function vt(t,n){let o=(0,e.De)(t,n),r=o.find(a=>!/^(?:@[\w.-]+(?:\/[\w.-]+)*|[\w.+-]+@[\w.-]+)$/.test(a));if(r===void 0)return o;throw new e.h(`--owner cannot be ${r}: write @user, @org/team or an address`)}function xt(t,n){let o="because"in t?` (${t.because})`:"",r=`${n("bold",F[t.kind])} ${(0,e.Ud)(t.path)}${o}
`;if(t.kind==="there")return r;let a=t.text.replace(/\n$/,"").split(`
`);return r+a.map(i=>`  ${n("green",`+ ${(0,e.Ud)(i)}`.trimEnd())}
`).join("")}function Ot(t,n){let o=(...i)=>t.filter(({kind:s})=>i.includes(s)).length,r=o("create","append"),a=o("ask")>0?`; ${(0,e.ie)(o("ask"),"file")} by hand`:"";return r===0?`nothing to write${a}`:n?`${(0,e.ie)(r,"file")} written${a}`:`nothing is written yet: --write writes ${(0,e.ie)(r,"file")}${a}`}var E,F,Et=(0,g.b)(()=>{(0,e._e)(),(0,e.oa)(),(0,e.q)(),(0,e.ea)(),(0,e.kc)(),(0,e.Nd)(),(0,e.ke)(),(0,e.Vd)(),(0,e.Me)(),(0,d.d)(),(0,e.l)(),(0,e.xe)(),(0,e.j)(),et(),at(),ct(),b(),gt(),(0,e.Ge)(),(0,e.qe)(),(0,e.Ye)(),(0,e.Ue)(),E={about:"a configuration, a workflow, a hook and owners for this repository: shows them, and writes with --write",parameters:[],options:[...e.Ae,{flags:"--write",about:"write what is shown; nothing is ever written over"},{flags:"--from <owner/repository@commit>",about:"where on GitHub the workflow and the hook take Portolan from (default: the clone that runs)",read:yt},{flags:"--owner <name>",about:"who has to agree to a change of the policy: @org/team",read:vt},{flags:"--ci <name>",about:"whose pipelines (default: by what is there)",choices:["github","gitlab","none"]},{flags:"--baseline",about:`write what is found now to ${e.ba}, so that only what is new is told`}],async run(t,n,o){let r=(0,e.Qe)(o,[],{...n,allowEmpty:!0}),a=await r.policy(),i=await r.analyse(a.config),s=wt(r.place,n),l=n.ci??bt(s),u={github:()=>[ht(s)],gitlab:()=>dt(s),none:()=>[]}[l](),p=[e.ne,e.ba].map(c=>`${s.prefix}${c}`),h=[f(s,p[0],X(i.graph,i.lines)),...u,nt(s),it(s,T[l==="gitlab"?l:"github"],[...p,...u.map(({path:c})=>c)])];if(n.baseline){let c=(0,e.ic)(a,{only:[],skip:[],inlineSuppressions:!0,at:(0,e.Ve)(o)}),{findings:U}=await(0,e.Md)(i,c,[]);h.push(f(s,p[1],(0,e.da)(U)))}let $=(0,e.we)(o,n.color);if(o.stdout.write(h.map(c=>xt(c,$)).join(`
`)),n.write)for(let c of h)Q(s,c);return n.quiet||o.stderr.write(`portolan: ${Ot(h,n.write===!0)}
`),e.g.clean}},F={create:"create",append:"add to",there:"leave",ask:"by hand"}});Et();0&&(module.exports={init});
