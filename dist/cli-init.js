var b=Object.defineProperty;var P=Object.getOwnPropertyDescriptor;var C=Object.getOwnPropertyNames;var M=Object.prototype.hasOwnProperty;var T=(t,e)=>{for(var n in e)b(t,n,{get:e[n],enumerable:!0})},D=(t,e,n,o)=>{if(e&&typeof e=="object"||typeof e=="function")for(let i of C(e))!M.call(t,i)&&i!==n&&b(t,i,{get:()=>e[i],enumerable:!(o=P(e,i))||o.enumerable});return t};var H=t=>D(b({},"__esModule",{value:!0}),t);var $t={};module.exports={__esModule:!0,get init(){return R}};var f=require("./chunks/L5C52QB5.js"),r=require("./chunks/LGM466IM.js"),yt=require("./chunks/3FYGLXQ4.js"),q={repository:"OWNER/portolan",commit:"FULL_COMMIT_HASH"},L="to write it, give --from OWNER/portolan@FULL_COMMIT_HASH: what it runs has to be pinned";function d(t,e,n){return t.read(e).kind==="text"?{kind:"there",path:e,because:"it stands there already"}:x(t,e,n)??{kind:"create",path:e,text:n}}function v(t,e,n,o){return x(t,e,o)??{kind:"append",path:e,text:o,before:n}}function $(t,e){let n=e(t.source??q);return t.source||n.kind==="there"||n.kind==="ask"?n:{kind:"ask",path:n.path,text:n.text,because:L}}function x(t,e,n){let o=t.read(e);return o.kind==="refused"?{kind:"ask",path:e,text:n,because:`it cannot be read: ${o.because}`}:(0,r.Wc)(t.top,(0,r.h)(t.top,e))?{kind:"ask",path:e,text:n,because:"a link leads somewhere else"}:null}function O(t,e){let n=t.includes(`\r
`)?`\r
`:`
`;return(t===""||t.endsWith(`
`)?"":n)+e.replaceAll(`
`,n)}function _({top:t},e){e.kind==="create"&&(0,r.Vc)(t,e.path,e.text,"wx"),e.kind==="append"&&(0,r.Vc)(t,e.path,O(e.before,e.text),"a")}function g(t){return/^[A-Za-z][\w./-]*$/.test(t)&&!/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(t)?t:JSON.stringify(t).replace(/[^ -~]/gu,e=>{let n=e.codePointAt(0).toString(16);return n.length>4?`\\U${n.padStart(8,"0")}`:`\\u${n.padStart(4,"0")}`})}var I=12,F=new Set(["application","unknown"]),J=`# yaml-language-server: $schema=https://json.schemastore.org/portolan.json
# Which rules hold here, what the code cannot show, and what is accepted until when.
version: 1

policy:
  failOn: high # the least severity that fails a run: critical, high, medium, low, info or never
`;function U(t,e){return[J,z(t),V(t,e)].filter(n=>n!=="").join(`
`)}function z({environments:t}){let e=new Set(t.flatMap(({units:o})=>o.map(({technology:i})=>i))),n=[...e.has("compose")?["#   internetFacingHosts: false # the machines that compose runs on stand behind a firewall"]:[],...e.has("kubernetes")?["#   cni: calico # the network plugin, which enforces policies or does not"]:[]];return n.length===0?"":`${["# What the code cannot show:","# assume:",...n].join(`
`)}
`}function V({environments:t},e){let n=new Map;for(let l of t.flatMap(({exposures:u})=>u)){let{scope:u,implicit:p,listener:h}=l;if(h.valid&&h.ports.from!==h.ports.to||p||!r.Aa.has(u)||!h.roles.slice(0,1).every(({role:c})=>F.has(c)))continue;let{name:w}=h.workload;/^\w[\w.-]*$/.test(w)&&(0,r.Za)(n,w,l)}if(n.size===0)return"";let o=[...n].sort((0,r.m)(([l])=>l)),i=o.slice(0,I).map(([l,u])=>Z(l,u,e)),a=o.length-i.length,s=a>0?[`#   # and ${(0,r.Mc)(a,"more")}: portolan ports`]:[];return`${["# What leads in from outside. Those that are meant to are front doors, and no finding:","# services:",...i,...s].join(`
`)}
`}function Z(t,e,n){let o=[...new Map(e.map(({listener:l})=>[`${l.ports.from}/${l.protocol}`,l])).values()].filter(({ports:l,valid:u})=>u&&l.from===l.to).map(({ports:l,protocol:u})=>`{ port: ${l.from}${u==="tcp"?"":`, protocol: ${u}`} }`),i=o.length===0?"":`listens: [${o.join(", ")}], `,{grant:a}=e[0],s=`${a.file}:${(0,r.vc)(a,n).line}`;return`#   ${g(t)}: { ${i}public: true } # ${(0,r.Ac)(s)}`}var m=".pre-commit-config.yaml",G=["lefthook.yml","lefthook.yaml",".lefthook.yml",".lefthook.yaml",".husky/pre-commit"];function K(t){let e=t.read(m),n=e.kind==="text"?e.text:null;return n!==null&&X(k(n)).some(o=>String(o).startsWith("portolan"))?{kind:"there",path:m,because:"it runs Portolan already"}:$(t,o=>{let i=G.find(s=>t.read(s).kind==="text");if(n===null&&i!==void 0)return{kind:"ask",path:i,text:`portolan scan --allow-empty
`,because:"it runs the hooks here: have it run this, as docs/hooks.md shows"};if(n===null)return d(t,m,`repos:
${E(t,o,"  ")}`);let a=E(t,o,/^( *)- +repo:/m.exec(n)?.[1]??"  ");return Q(n,n+O(n,a))?v(t,m,n,a):{kind:"ask",path:m,text:a,because:"its list of repos does not end the file: add it to the list"}})}function E({prefix:t},{repository:e,commit:n},o){let i=[`- repo: https://github.com/${e}`,`  rev: ${n}`,"  hooks:","    - id: portolan"];return t!==""&&i.push(`      args: [${g(`--root=${t.slice(0,-1)}`)}]`),i.map(a=>`${o}${a}
`).join("")}function Q(t,e){let[n,o]=[k(t),k(e)];return!n?.repos?.length||o?.repos?.length!==n.repos.length+1?!1:JSON.stringify({...o,repos:o.repos.slice(0,-1)})===JSON.stringify(n)}function k(t){let e=(0,r.K)(m,t),n="content"in e?e.content:null;return Array.isArray(n?.repos)?n:null}function X(t){return(t?.repos??[]).flatMap(e=>Array.isArray(e?.hooks)?e.hooks.map(n=>n?.id):[])}var Y={github:[".github/CODEOWNERS","CODEOWNERS","docs/CODEOWNERS"],gitlab:["CODEOWNERS","docs/CODEOWNERS",".gitlab/CODEOWNERS"]};function B(t,e,n){let o=e.find(p=>t.read(p).kind!=="missing")??e[0],i=t.read(o),a=i.kind==="text"?i.text:"",s=et(a,t.owners.length===0),l=[...n,o].filter(p=>!nt(p,s)).map(S);if(l.length===0)return{kind:"there",path:o,because:"it guards the policy already"};let u=tt(l,t.owners);return i.kind==="text"?v(t,o,a,`
${u}`):d(t,o,u)}function tt(t,e){let[n,o]=e.length>0?["# What Portolan judges by: nobody accepts their own findings.",t.map(i=>`${i} ${e.join(" ")}`)]:["# What Portolan judges by: write who owns it, and take the comments off.",t.map(i=>`# ${i} @OWNER`)];return`${[n,...o].join(`
`)}
`}function S(t){return`/${t.replace(/[\s#!*?[\]\\]/g,"\\$&")}`}function et(t,e){return t.split(/\r?\n/).flatMap(n=>{let o=e?n.replace(/^# */,""):n,i=/^(?:\\.|[^\s#])(?:\\.|\S)*/.exec(o)?.[0];return i===void 0?[]:[{pattern:i,owned:/^\s+[^\s#]/.test(o.slice(i.length))}]})}function nt(t,e){let n=e.findLast(({pattern:o})=>(0,r.Q)({ignorecase:!1}).add(o).ignores(t));return n?.owned===!0&&n.pattern===S(t)}var ot="actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",rt="github/codeql-action/upload-sarif@8aad20d150bbac5944a9f9d289da16a4b0d87c1e # v4.36.2",A=".github/workflows";function it(t){let e=t.folder(A).find(n=>{let o=t.read(n);return/\.ya?ml$/.test(n)&&o.kind==="text"&&/^[ \t]*(?:- )?uses: \S+\/portolan@/m.test(o.text)});return e!==void 0?{kind:"there",path:e,because:"it runs Portolan already"}:$(t,n=>d(t,`${A}/portolan.yml`,at(t,n)))}function at({branch:t,prefix:e},n){let o=e===""?"":`
        with:
          root: ${g(e.slice(0,-1))}`;return`name: Ports
on:
  pull_request:
  push:
    branches: [${g(t.replace(/[*?+![\]\\]/g,"\\$&"))}]

permissions:
  contents: read

jobs:
  portolan:
    runs-on: ubuntu-latest
    permissions:
      contents: read
      security-events: write # for the upload alone; leave both out where code scanning is off
    steps:
      - uses: ${ot}
        with:
          fetch-depth: 2 # the pull request and what it is merged into
          persist-credentials: false
      - uses: ${n.repository}@${n.commit} # pin what you run: a tag can be moved
        id: portolan${o}
      - uses: ${rt}
        if: \${{ !cancelled() && steps.portolan.outputs.sarif-file != '' }}
        with:
          sarif_file: \${{ steps.portolan.outputs.sarif-file }}
`}var y=".gitlab/portolan.yml";function st(t){let e=".gitlab-ci.yml",n=`include:
  - local: ${y}
`,o=t.read(e),i=$(t,a=>d(t,y,lt(t,a)));return o.kind==="missing"?[i,i.kind==="ask"?{...i,path:e,text:n}:d(t,e,n)]:o.kind==="text"&&o.text.includes(y)?[i,{kind:"there",path:e,because:"it includes the job already"}]:[i,{kind:"ask",path:e,text:n,because:"add the line to what it includes"}]}function lt({prefix:t},{repository:e,commit:n}){let o=t===""?"":` --root ${ut(t.slice(0,-1))}`;return`portolan:
  image: node:24
  variables:
    PORTOLAN: \${CI_PROJECT_DIR}.portolan
  script:
    - git init --quiet "$PORTOLAN"
    - git -C "$PORTOLAN" fetch --quiet --depth 1 https://github.com/${e} ${n}
    - git -C "$PORTOLAN" checkout --quiet FETCH_HEAD
    - ${g(`node "$PORTOLAN/dist/portolan.js" scan${o} --output gitlab=gl-code-quality-report.json`)}
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
`}function ut(t){return`'${t.replaceAll("'","'\\''")}'`}var R={about:"a configuration, a workflow, a hook and owners for this repository: shows them, and writes with --write",parameters:[],options:[...r._c,{flags:"--write",about:"write what is shown; nothing is ever written over"},{flags:"--from <owner/repository@commit>",about:"where on GitHub the workflow and the hook take Portolan from (default: the clone that runs)",read:ft},{flags:"--owner <name>",about:"who has to agree to a change of the policy: @org/team",read:mt},{flags:"--ci <name>",about:"whose pipelines (default: by what is there)",choices:["github","gitlab","none"]},{flags:"--baseline",about:`write what is found now to ${r.N}, so that only what is new is told`}],async run(t,e,n){let o=(0,r.jd)(n,[],{...e,allowEmpty:!0}),i=await o.policy(),a=await o.analyse(i.config),s=ct(o.place,e),l=e.ci??ht(s),u={github:()=>[it(s)],gitlab:()=>st(s),none:()=>[]}[l](),p=[r.Pc,r.N].map(c=>`${s.prefix}${c}`),h=[d(s,p[0],U(a.graph,a.lines)),...u,K(s),B(s,Y[l==="gitlab"?l:"github"],[...p,...u.map(({path:c})=>c)])];if(e.baseline){let c=(0,r.sb)(i,{only:[],skip:[],inlineSuppressions:!0,at:(0,r.nd)(n)}),{findings:W}=await(0,r.uc)(a,c,[]);h.push(d(s,p[1],(0,r.P)(W)))}let w=(0,r.Xc)(n,e.color);if(n.stdout.write(h.map(c=>wt(c,w)).join(`
`)),e.write)for(let c of h)_(s,c);return e.quiet||n.stderr.write(`portolan: ${bt(h,e.write===!0)}
`),r.d.clean}};function ct({root:t,checkout:e,fromCheckout:n},{from:o,owner:i}){let a=e??t,s=(0,r.gd)(a);return{top:a,prefix:n,read:s.read,folder:s.folder,branch:e===null?"main":pt(e),source:o??dt(),owners:i??[]}}function ht(t){return t.read(".gitlab-ci.yml").kind==="text"&&t.folder(".github/workflows").length===0?"gitlab":"github"}function pt(t){return j(t,"refs/remotes/origin/HEAD")?.replace(/^origin\//,"")??j(t,"HEAD")??"main"}function j(t,e){return N(()=>(0,f.b)(t,["symbolic-ref","--quiet","--short",e],"",1024).toString("utf8").trim())}function dt(){let t=(0,r.j)((0,r.j)((0,r.V)(process.argv[1]??".")));return!(0,r.S)((0,r.i)(t,".git"))||!(0,r.S)((0,r.i)(t,"action.yml"))?null:N(()=>{let e=(0,f.b)(t,["config","--get","remote.origin.url"],"",4096).toString("utf8").trim(),n=/^(?:https:\/\/|ssh:\/\/git@|git@)github\.com[:/]([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(e)?.[1];return n===void 0?null:{repository:n,commit:(0,f.c)(t,"HEAD")}})}function N(t){try{return t()}catch(e){if(e instanceof f.a)return null;throw e}}function ft(t){let[,e,n]=/^([\w.-]+\/[\w.-]+)@([0-9a-f]{40}|[0-9a-f]{64})$/.exec(t)??[];if(e!==void 0&&n!==void 0)return{repository:e,commit:n};throw new r.e(`--from cannot be ${t}: write OWNER/REPOSITORY@COMMIT with the full hash, since a tag can be moved`)}function mt(t,e){let n=(0,r.bd)(t,e),o=n.find(i=>!/^(?:@[\w.-]+(?:\/[\w.-]+)*|[\w.+-]+@[\w.-]+)$/.test(i));if(o===void 0)return n;throw new r.e(`--owner cannot be ${o}: write @user, @org/team or an address`)}var gt={create:"create",append:"add to",there:"leave",ask:"by hand"};function wt(t,e){let n="because"in t?` (${t.because})`:"",o=`${e("bold",gt[t.kind])} ${(0,r.Ac)(t.path)}${n}
`;if(t.kind==="there")return o;let i=t.text.replace(/\n$/,"").split(`
`);return o+i.map(a=>`  ${e("green",`+ ${(0,r.Ac)(a)}`.trimEnd())}
`).join("")}function bt(t,e){let n=(...a)=>t.filter(({kind:s})=>a.includes(s)).length,o=n("create","append"),i=n("ask")>0?`; ${(0,r.Mc)(n("ask"),"file")} by hand`:"";return o===0?`nothing to write${i}`:e?`${(0,r.Mc)(o,"file")} written${i}`:`nothing is written yet: --write writes ${(0,r.Mc)(o,"file")}${i}`}0&&(module.exports={init});
