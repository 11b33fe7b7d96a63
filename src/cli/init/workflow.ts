/** The step of a pipeline: a workflow of GitHub, or a job of GitLab. */
import { created, type Site, type Source, type Step, sourced, yamlText } from './step.ts';

/** Actions of GitHub itself, at the commit of a release. */
const CHECKOUT = 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1';
const UPLOAD = 'github/codeql-action/upload-sarif@8aad20d150bbac5944a9f9d289da16a4b0d87c1e # v4.36.2';

const GITHUB = '.github/workflows';

/** The workflow, unless one runs Portolan already. */
export function workflowStep(site: Site): Step {
  const runs = site.folder(GITHUB).find((path) => {
    const reading = site.read(path);
    return /\.ya?ml$/.test(path) && reading.kind === 'text' && /^[ \t]*(?:- )?uses: \S+\/portolan@/m.test(reading.text);
  });
  if (runs !== undefined) return { kind: 'there', path: runs, because: 'it runs Portolan already' };
  return sourced(site, (source) => created(site, `${GITHUB}/portolan.yml`, workflowText(site, source)));
}

/**
 * The workflow that docs/github-action.md shows. It has no path filters: what opens a port need not be YAML, and a check
 * that is required and does not run blocks the pull request.
 */
export function workflowText({ branch, prefix }: Pick<Site, 'branch' | 'prefix'>, source: Source): string {
  const inputs = prefix === '' ? '' : `\n        with:\n          root: ${yamlText(prefix.slice(0, -1))}`;
  return `name: Ports
on:
  pull_request:
  push:
    branches: [${yamlText(branch.replace(/[*?+![\]\\]/g, '\\$&'))}]

permissions:
  contents: read

jobs:
  portolan:
    runs-on: ubuntu-latest
    permissions:
      contents: read
      security-events: write # for the upload alone; leave both out where code scanning is off
    steps:
      - uses: ${CHECKOUT}
        with:
          fetch-depth: 2 # the pull request and what it is merged into
          persist-credentials: false
      - uses: ${source.repository}@${source.commit} # pin what you run: a tag can be moved
        id: portolan${inputs}
      - uses: ${UPLOAD}
        if: \${{ !cancelled() && steps.portolan.outputs.sarif-file != '' }}
        with:
          sarif_file: \${{ steps.portolan.outputs.sarif-file }}
`;
}

const INCLUDED = '.gitlab/portolan.yml';

/** The job, in a file of its own, and the line that includes it, which a person writes: `.gitlab-ci.yml` has many forms. */
export function pipelineSteps(site: Site): readonly Step[] {
  const main = '.gitlab-ci.yml';
  const include = `include:\n  - local: ${INCLUDED}\n`;
  const before = site.read(main);
  const job = sourced(site, (source) => created(site, INCLUDED, jobText(site, source)));
  if (before.kind === 'missing')
    return [job, job.kind === 'ask' ? { ...job, path: main, text: include } : created(site, main, include)];
  if (before.kind === 'text' && before.text.includes(INCLUDED))
    return [job, { kind: 'there', path: main, because: 'it includes the job already' }];
  return [job, { kind: 'ask', path: main, text: include, because: 'add the line to what it includes' }];
}

function jobText({ prefix }: Site, { repository, commit }: Source): string {
  const root = prefix === '' ? '' : ` --root ${shellText(prefix.slice(0, -1))}`;
  return `portolan:
  image: node:24
  variables:
    PORTOLAN: \${CI_PROJECT_DIR}.portolan
  script:
    - git init --quiet "$PORTOLAN"
    - git -C "$PORTOLAN" fetch --quiet --depth 1 https://github.com/${repository} ${commit}
    - git -C "$PORTOLAN" checkout --quiet FETCH_HEAD
    - ${yamlText(`node "$PORTOLAN/dist/portolan.js" scan${root} --output gitlab=gl-code-quality-report.json`)}
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
`;
}

function shellText(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
