import type { NoticeCode } from '../../source/notice.ts';

/** Actions that only a Go template has; `{{ .Values.x }}` alone may be anybody's placeholder. */
export const HELM_CONTROL = /\{\{-?\s*(?:if|else|end|range|with|define|include|template|block)\b/;

/** A line that begins with an action, or whose value does: it is structure and not the text of a scalar. */
const HELM_STRUCTURE = /^[ \t]*(?:- +)*(?:[\w."'/-]+:[ \t]+)?\{\{/m;

/** Control sequences that Terraform's `templatefile` resolves. */
const TERRAFORM_CONTROL = /%\{-?~?\s*(?:if|else|endif|for|endfor)\b/;

/** Statements of Jinja (Ansible, cookiecutter, dbt). */
const JINJA_STATEMENT = /\{%[-+]?\s/;

/** What is said of a file that another program fills in before it is YAML. */
export interface Template {
  readonly code: NoticeCode;
  readonly message: string;
  /** Where its first action stands. */
  readonly offset: number;
}

/** A template of `{{ … }}` actions, as Helm has them; `offset` is where its first action stands. */
export function helmTemplate(offset: number): Template {
  const message =
    'This is a template with {{ }} actions, as Helm has them: what it becomes is not in this file, so it is not analysed.';
  return { code: 'helm-template', message, offset };
}

/** The template that a document which does not parse is, if it is one. */
export function templateOf(document: string): Template | undefined {
  const structure = HELM_STRUCTURE.exec(document);
  const helm = structure ? structure.index + structure[0].length - 2 : document.search(HELM_CONTROL);
  if (helm !== -1) return helmTemplate(helm);
  const terraform = document.search(TERRAFORM_CONTROL);
  if (terraform !== -1) return templateFile("Terraform's templatefile", terraform);
  const jinja = document.search(JINJA_STATEMENT);
  return jinja === -1 ? undefined : templateFile('Jinja', jinja);
}

function templateFile(by: string, offset: number): Template {
  const message = `This is a template for ${by}: what it becomes is not in this file, so it is not analysed.`;
  return { code: 'template-file', message, offset };
}
