/** What templates write, as written by hand and compared with Helm itself where it is on the machine. */
import { memoryTree } from '../../../source/tree.ts';
import { openFiles } from '../../files.ts';
import { loadChart } from './chart/chart.ts';
import { renderables } from './chart/release.ts';
import { chartSources } from './chart/source.ts';
import { coalesceInto } from './chart/values.ts';
import { dict } from './datum.ts';
import { type Budget, fullBudget } from './fault.ts';
import { type Rendering, render, templateParser } from './render.ts';

/** A template, and what it writes with the values below. */
type Example = readonly [template: string, written: string];

/** The values.yaml of the examples. */
export const VALUES = `
text: hello
empty: ""
nothing: ~
affirmed: yes
number: 80
large: 12345678
half: 0.5
octal: 0777
items: [c, a, b, a]
numbers: [3, 1]
nested:
  deep: { port: 8080, name: web }
  list:
    - { name: one, port: 1 }
    - { name: two, port: 2 }
flags: { up: true, down: false }
multi: |
  first
  second
template: "{{ .Values.text }} {{ .Release.Name }}"
dotted.key: dotted
`;

/** What templates write with the values above. */
export const EXAMPLES: readonly Example[] = [
  // text and trimming
  ['plain', 'plain'],
  ['a {{- " b " -}} c', 'a b c'],
  ['a{{/* note */}}b', 'ab'],
  ['a {{- /* note\n */ -}} b', 'ab'],
  ['a\n  {{- "b" }}\nc', 'ab\nc'],
  ['{{ "{{" }}', '{{'],
  ['{{ `raw "quoted"` }}{{ "\\t\\u00e9\\x41" }}{{ \'x\' }}', 'raw "quoted"\té\u0041120'],
  // fields, nothing, truth
  ['{{ .Values.text }}{{ $.Values.text }}', 'hellohello'],
  ['[{{ .Values.missing }}]', '[<no value>]'],
  ['[{{ (.Values.missing).deeper }}]', '[<no value>]'],
  ['{{ with .Values.nested.deep }}{{ .port }}{{ $.Values.text }}{{ end }}', '8080hello'],
  ['{{ with .Values.empty }}a{{ else with .Values.text }}{{ . }}{{ else }}b{{ end }}', 'hello'],
  ['{{ if .Values.empty }}a{{ else if .Values.text }}b{{ else }}c{{ end }}', 'b'],
  ['{{ if and .Values.text .Values.flags.up }}a{{ end }}{{ if or .Values.empty 0 }}b{{ end }}', 'a'],
  ['{{ and 1 0 2 }}{{ or 0 "" 3 }}{{ not true }}', '03false'],
  ['{{ if and .Values.nothing (fail "never") }}{{ end }}ok', 'ok'],
  // variables and loops
  ['{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ $x := 3 }}{{ end }}{{ $x }}', '2'],
  ['{{ range $i, $v := .Values.items }}{{ $i }}{{ $v }} {{ end }}', '0c 1a 2b 3a '],
  ['{{ range $k, $v := .Values.flags }}{{ $k }}={{ $v }} {{ end }}', 'down=false up=true '],
  ['{{ range .Values.nothing }}a{{ else }}none{{ end }}', 'none'],
  [
    '{{ range .Values.items }}{{ if eq . "b" }}{{ break }}{{ end }}{{ if eq . "c" }}{{ continue }}{{ end }}{{ . }}{{ end }}',
    'a',
  ],
  ['{{ range 3 }}{{ . }}{{ end }}', '012'],
  ['{{ range until 3 }}{{ . }}{{ end }}{{ untilStep 4 0 -2 }}{{ seq 2 4 }}', '012[4 2]2 3 4'],
  // templates
  ['{{ define "t" }}<{{ . }}>{{ end }}{{ template "t" .Values.text }}{{ include "t" 3 }}', '<hello><3>'],
  ['{{ block "b" "x" }}[{{ . }}]{{ end }}', '[x]'],
  ['{{ tpl .Values.template . }}', 'hello examples'],
  ['{{ tpl "{{ define \\"in\\" }}i{{ end }}{{ include \\"in\\" . }}" . }}', 'i'],
  ['{{ include "nothing" . | quote }}{{ define "nothing" }}{{ .Values.missing }}{{ end }}', '"<no value>"'],
  // printing
  [
    '{{ .Values.number }} {{ .Values.large }} {{ .Values.half }} {{ .Values.octal }} {{ .Values.affirmed }}',
    '80 1.2345678e+07 0.5 511 true',
  ],
  ['{{ .Values.items }}{{ .Values.flags }}', '[c a b a]map[down:false up:true]'],
  ['{{ print 1 2 "a" 3 "b" }}|{{ println 1 "a" }}', '1 2a3b|1 a\n'],
  [
    '{{ printf "%s|%d|%v|%q|%5d|%-5s|%05.1f|%t|%%" "a" 1 2.5 "q" 42 "l" 3.14159 true }}',
    'a|1|2.5|"q"|   42|l    |003.1|true|%',
  ],
  ['{{ printf "%d" .Values.number }}', '%!d(float64=80)'],
  ['{{ printf "%s %v" .Values.nothing .Values.missing }}', '%!s(<nil>) <nil>'],
  ['{{ printf "%x %X %o %b %c %U" 255 255 8 5 65 233 }}', 'ff FF 10 101 A U+00E9'],
  ['{{ printf "%s" }}{{ printf "a" 1 }}', '%!s(MISSING)a%!(EXTRA int=1)'],
  ['{{ html "<a>" }}{{ urlquery "a b/c" }}', '&lt;a&gt;a+b%2Fc'],
  // comparing
  ['{{ eq 1 2 1 }}{{ ne "a" "b" }}{{ lt 1 2 }}{{ ge 2.0 2.0 }}{{ eq .Values.number 80.0 }}', 'truetruetruetruetrue'],
  ['{{ eq .Values.missing "a" }}{{ eq .Values.missing nil }}', 'falsetrue'],
  ['{{ len .Values.items }}{{ index .Values.items 1 }}{{ index .Values "dotted.key" }}', '4adotted'],
  // choices
  ['{{ default "d" .Values.empty }}{{ .Values.text | default "d" }}{{ coalesce .Values.empty "c" }}', 'dhelloc'],
  [
    '{{ ternary "a" "b" true }}{{ empty 0 }}{{ kindOf .Values.number }}{{ kindIs "map" .Values.flags }}',
    'atruefloat64true',
  ],
  ['{{ typeOf .Values.items }}{{ kindOf (int .Values.number) }}{{ kindOf (add 1 1) }}', '[]interface {}intint64'],
  // texts
  ['{{ "a b" | quote }}{{ squote .Values.number }}{{ quote .Values.nothing }}', '"a b"\'80\''],
  ['{{ upper "aé" }}{{ lower "AB" }}{{ title "one two" }}{{ untitle "One" }}{{ swapcase "aB" }}', 'AÉabOne TwooneAb'],
  ['{{ trim " a " }}{{ trimAll "-" "-b-" }}{{ trimPrefix "a" "abc" }}{{ trimSuffix "c" "abc" }}', 'abbcab'],
  [
    '{{ trunc 3 "abcdef" }}{{ trunc -2 "abcdef" }}{{ trunc 9 "ab" }}{{ substr 1 3 "abcd" }}{{ abbrev 5 "abcdefgh" }}',
    'abcefabbcab...',
  ],
  [
    '{{ contains "b" "abc" }}{{ hasPrefix "b" "abc" }}{{ hasSuffix "c" "abc" }}{{ repeat 3 "ab" }}',
    'truefalsetrueababab',
  ],
  [
    '{{ replace "." "-" "a.b.c" }}{{ nospace "a b c" }}{{ cat "a" 1 "b" }}{{ join "-" .Values.items }}',
    'a-b-cabca 1 bc-a-b-a',
  ],
  ['{{ indent 2 "a\\nb" }}{{ nindent 1 "c" }}', '  a\n  b\n c'],
  ['{{ (split "." "a.b")._1 }}{{ splitList "," "a,b" }}{{ (splitn "." 2 "a.b.c")._1 }}', 'b[a b]b.c'],
  [
    '{{ snakecase "FirstName" }} {{ kebabcase "FirstName" }} {{ camelcase "http_server" }}',
    'first_name first-name HttpServer',
  ],
  ['{{ plural "one" "many" 2 }}{{ initials "First Try" }}{{ wrap 5 "ab cd ef" }}', 'manyFTab cd\nef'],
  // numbers
  [
    '{{ add 1 2 3 }} {{ sub 5 3 }} {{ mul 2 3 4 }} {{ div 7 2 }} {{ mod 7 3 }} {{ add1 .Values.number }}',
    '6 2 24 3 1 81',
  ],
  [
    '{{ max 1 5 3 }} {{ min 4 2 8 }} {{ int "0x10" }} {{ int "08" }} {{ int "12.0" }} {{ int64 .Values.half }}',
    '5 2 16 0 12 0',
  ],
  ['{{ ceil 1.2 }} {{ floor 1.8 }} {{ round 3.14159 2 }} {{ float64 "1.5" }} {{ addf 0.1 0.2 }}', '2 1 3.14 1.5 0.3'],
  [
    '{{ toString .Values.large }} {{ int .Values.large }} {{ atoi "7" }} {{ toDecimal 644 }}',
    '1.2345678e+07 12345678 7 420',
  ],
  // lists
  [
    '{{ first .Values.items }}{{ last .Values.items }}{{ rest .Values.items }}{{ initial .Values.items }}',
    'ca[a b a][c a b]',
  ],
  [
    '{{ append .Values.numbers 9 }}{{ prepend .Values.numbers 9 }}{{ concat .Values.numbers (list 1) }}',
    '[3 1 9][9 3 1][3 1 1]',
  ],
  [
    '{{ uniq .Values.items }}{{ without .Values.items "a" }}{{ has "a" .Values.items }}{{ sortAlpha .Values.items }}',
    '[c a b][c b]true[a a b c]',
  ],
  [
    '{{ reverse .Values.items }}{{ compact (list 1 0 "" 2) }}{{ slice .Values.items 1 3 }}{{ chunk 2 (list 1 2 3) }}',
    '[a b a c][1 2][a b][[1 2] [3]]',
  ],
  // maps
  [
    '{{ $d := dict "a" 1 "b" 2 }}{{ $_ := set $d "c" 3 }}{{ unset $d "a" }}{{ hasKey $d "a" }}{{ get $d "b" }}',
    'map[b:2 c:3]false2',
  ],
  [
    '{{ keys .Values.flags | sortAlpha }}{{ pick .Values.flags "up" }}{{ omit .Values.flags "up" }}',
    '[down up]map[up:true]map[down:false]',
  ],
  ['{{ merge (dict "a" 1 "n" (dict "x" 1)) (dict "a" 2 "b" 3 "n" (dict "y" 2)) }}', 'map[a:1 b:3 n:map[x:1 y:2]]'],
  ['{{ mergeOverwrite (dict "a" 1 "b" 1) (dict "a" 2 "b" "") }}', 'map[a:2 b:]'],
  [
    '{{ dig "deep" "port" 1 .Values.nested }}{{ dig "deep" "none" 1 .Values.nested }}{{ pluck "a" (dict "a" 1) (dict "b" 2) }}',
    '80801[1]',
  ],
  ['{{ $c := deepCopy .Values.flags }}{{ $_ := set $c "up" 1 }}{{ .Values.flags.up }}', 'true'],
  // encodings
  [
    '{{ b64enc "héllo" }} {{ b64dec "aGk=" }} {{ sha256sum "a" | trunc 8 }} {{ adler32sum "abc" }} {{ b32enc "ab" }}',
    'aMOpbGxv hi ca978112 38600999 MFRA====',
  ],
  [
    '{{ toJson .Values.nested.deep }}{{ toJson (list 1 "<" 1.5 nil) }}',
    '{"name":"web","port":8080}[1,"\\u003c",1.5,null]',
  ],
  ['{{ toRawJson "<" }}{{ toPrettyJson (dict "a" (list 1)) }}', '"<"{\n  "a": [\n    1\n  ]\n}'],
  [
    '{{ (fromJson "{\\"a\\": [1, 2]}").a }}{{ (fromYaml "a: {b: yes}").a.b }}{{ fromYamlArray "[a, 1]" }}',
    '[1 2]true[a 1]',
  ],
  [
    '{{ toYaml .Values.nested }}',
    'deep:\n  name: web\n  port: 8080\nlist:\n- name: one\n  port: 1\n- name: two\n  port: 2',
  ],
  [
    '{{ toYaml (list "yes" "80" "a: b" "#" "a#b" "" "- x" "*" "two\\nlines" "tab\\t" "x: " "it\'s" "1_000" "2001-01-01") }}',
    '- "yes"\n- "80"\n- \'a: b\'\n- \'#\'\n- a#b\n- ""\n- \'- x\'\n- \'*\'\n- |-\n  two\n  lines\n- "tab\\t"\n- \'x: \'\n- it\'s\n- "1_000"\n- "2001-01-01"',
  ],
  [
    '{{ toYaml (dict "m" .Values.multi "e" (list) "d" (dict) "n" nil "f" 0.5 "l" .Values.large) }}',
    'd: {}\ne: []\nf: 0.5\nl: 12345678\nm: |\n  first\n  second\n"n": null',
  ],
  [
    '{{ toYaml (dict "long" (repeat 12 "word five ")) }}',
    "long: 'word five word five word five word five word five word five word five word\n  five word five word five word five word five '",
  ],
  // patterns and versions
  ['{{ regexMatch "^a+b?$" "aab" }}{{ regexFind "[0-9]+" "a12b3" }}{{ regexFindAll "[a-c]" "abcd" 2 }}', 'true12[a b]'],
  ['{{ regexReplaceAll "a(x*)b" "-ab-axxb-" "${1}W" }}{{ regexReplaceAllLiteral "a+" "baac" "$1" }}', '-W-xxW-b$1c'],
  [
    '{{ regexSplit "z+" "pizza" -1 }}{{ regexQuoteMeta "1.2" }}{{ regexMatch "(?i)^FOO\\\\.[[:digit:]]{2,3}$" "foo.123" }}',
    '[pi a]1\\.2true',
  ],
  [
    '{{ semverCompare ">=1.21-0" "v1.34.0" }}{{ semverCompare "^1.2.0" "2.0.0" }}{{ semverCompare "~1.2 || 3.x" "3.9.1" }}',
    'truefalsetrue',
  ],
  [
    '{{ semverCompare "<1.20.0-0" "1.19.5" }}{{ semverCompare "1.2 - 1.4.5" "1.4.2" }}{{ (semver "1.2.3-a+b").Minor }}',
    'truetrue2',
  ],
  ['{{ base "/a/b.c" }}{{ dir "/a/b" }}{{ ext "a.tar.gz" }}{{ clean "/a/../b/" }}{{ isAbs "a" }}', 'b.c/a.gz/bfalse'],
  ['{{ (urlParse "https://u:p@h.example:8443/p?q=1#f").host }}{{ (urlParse "http://h/p").path }}', 'h.example:8443/p'],
  // what Helm brings along
  [
    '{{ .Release.Name }} {{ .Release.Namespace }} {{ .Release.Service }} {{ .Release.IsInstall }} {{ .Release.Revision }}',
    'examples default Helm true 1',
  ],
  [
    '{{ .Chart.Name }} {{ .Chart.Version }} {{ .Chart.AppVersion }} [{{ .Chart.Icon }}] {{ .Chart.IsRoot }}',
    'examples 1.2.3 4.5 [] true',
  ],
  [
    '{{ .Capabilities.APIVersions.Has "networking.k8s.io/v1" }} {{ .Capabilities.APIVersions.Has "a/v1" }} {{ .Capabilities.KubeVersion.Major }}',
    'true false 1',
  ],
  ['{{ .Template.BasePath }} {{ .Template.Name }}', 'examples/templates examples/templates/examples.yaml'],
  [
    '{{ .Files.Get "config/a.conf" }}{{ .Files.Get "none" }}{{ range .Files.Lines "config/a.conf" }}[{{ . }}]{{ end }}',
    'one\ntwo\n[one][two]',
  ],
  [
    '{{ (.Files.Glob "config/*.conf").AsConfig }}{{ range $p, $_ := .Files.Glob "**/b.*" }} {{ $p }}{{ end }}',
    'a.conf: |\n  one\n  two config/b.txt',
  ],
  [
    '{{ lookup "v1" "Secret" "a" "b" }}{{ (lookup "v1" "Secret" "a" "b").data | quote }}{{ getHostByName "localhost" }}',
    'map[]',
  ],
  ['{{ required "never" .Values.text }}', 'hello'],
];

/** The files of a chart that writes each example into a ConfigMap. */
export function exampleChart(): Readonly<Record<string, string>> {
  const defined = EXAMPLES.map(([template], index) => `{{- define "example-${index}" }}${bodyOf(template)}{{ end }}\n`);
  const data = EXAMPLES.map((_, index) => `  e${index}: {{ include "example-${index}" . | toJson }}\n`);
  return {
    'Chart.yaml': 'apiVersion: v2\nname: examples\nversion: 1.2.3\nappVersion: "4.5"\n',
    'values.yaml': VALUES,
    'config/a.conf': 'one\ntwo\n',
    'config/b.txt': 'b\n',
    'templates/_own.tpl': EXAMPLES.flatMap(([template]) => template.match(DEFINITION) ?? []).join(''),
    'templates/examples.yaml': `${defined.join('')}apiVersion: v1\nkind: ConfigMap\nmetadata: { name: examples }\ndata:\n${data.join('')}`,
  };
}

/** A definition stands at the top of a file and not in another one. */
const DEFINITION = /\{\{ define "(?:t|nothing)" \}\}.*?\{\{ end \}\}/g;

function bodyOf(template: string): string {
  return template.replace(DEFINITION, '');
}

/** Renders a chart given as files, without anything around it. */
export function renderFiles(files: Readonly<Record<string, string>>, budget: Budget = fullBudget()): Rendering {
  const open = openFiles(memoryTree(files));
  const folders = new Set(
    open.paths
      .filter((path) => /(^|\/)Chart\.yaml$/.test(path))
      .map((path) => path.replace(/\/?Chart\.yaml$/, '') || '.'),
  );
  const known = chartSources(open, folders, []);
  const source = known.get('.');
  if (!source) throw new Error('there is no chart at the root');
  const chart = loadChart({ files: open, known, notices: [], budget }, source, dict());
  const used = new Set<string>();
  const templates = renderables(chart, coalesceInto(chart, dict()), { files: open, budget, used });
  return render(templates, templateParser(open), budget, used);
}

/** What one template writes with some values; what is said where it is left to Helm. */
export function write(template: string, values = VALUES, budget: Budget = fullBudget()): string {
  const { rendered, notices } = renderFiles(
    { 'Chart.yaml': 'name: examples\nversion: 1.2.3\n', 'values.yaml': values, 'templates/one.txt': template },
    budget,
  );
  return (
    rendered[0]?.text.text.replace(/\n$/, '') ?? notices.map(({ code, message }) => `${code}: ${message}`).join('\n')
  );
}
