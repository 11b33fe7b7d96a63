/** Actions of Go templates that only a template has; `{{ .Values.x }}` alone may be anything's placeholder. */
export const TEMPLATE_CONTROL = /\{\{-?\s*(?:if|else|end|range|with|define|include|template|block)\b/;
