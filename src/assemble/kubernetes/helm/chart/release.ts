/** What templates are given: `.Values`, `.Chart`, `.Release` and the rest, for a chart and for each chart in it. */
import { at, itemsOf, type Mapping, textOf } from '../../../../source/value.ts';
import { bool, type Datum, type Dict, dict, int, list, type Struct } from '../datum.ts';
import { marked, plain, type Text } from '../text.ts';
import { datumOf } from '../yaml-read.ts';
import { capabilities } from './capabilities.ts';
import type { Chart } from './chart.ts';
import { type Access, filesOf } from './files.ts';
import { tableAt } from './values.ts';

/** A template of a release, with what it is given. */
export interface Renderable {
  /** As Helm names it: `shop/charts/db/templates/service.yaml`. */
  readonly name: string;
  readonly path: string;
  readonly data: Dict;
  /** The `BasePath` that it is told. */
  readonly base: string;
}

/** The templates of a release of `chart` with its values, in the order in which Helm takes them. */
export function renderables(chart: Chart, values: Dict, access: Access): readonly Renderable[] {
  const shared = {
    release: releaseOf(chart),
    cluster: capabilities(fieldText(chart.source.metadata, 'kubeVersion').text),
    access,
  };
  const found: Renderable[] = [];
  gather(chart, values, chart.name, true, shared, found);
  return found.sort((one, other) => depthOf(other) - depthOf(one) || (one.name < other.name ? 1 : -1));
}

interface Shared {
  readonly release: Dict;
  readonly cluster: Struct;
  readonly access: Access;
}

function depthOf({ name }: Renderable): number {
  return name.split('/').length;
}

function gather(chart: Chart, values: Dict, id: string, root: boolean, shared: Shared, found: Renderable[]): Dict {
  const { source } = chart;
  const inner = dict();
  const data = dict([
    ['Chart', chartStruct(chart, root)],
    ['Files', filesOf(shared.access, source.folder, source.files)],
    ['Release', shared.release],
    ['Capabilities', shared.cluster],
    ['Values', values],
    ['Subcharts', inner],
  ]);
  for (const part of chart.parts) {
    const own = tableAt(values, [part.name]) ?? dict();
    inner.slots.set(part.name, { value: gather(part, own, `${id}/charts/${part.name}`, false, shared, found) });
  }
  const prefix = source.folder === '.' ? 0 : source.folder.length + 1;
  for (const path of source.templates) {
    const name = path.slice(prefix);
    // A library chart is there for what it defines.
    if (source.library && !/(^|\/)_[^/]*$/.test(name)) continue;
    found.push({ name: `${id}/${name}`, path, data, base: `${id}/templates` });
  }
  return data;
}

/** Nothing names the release in a chart: it is called like the chart, as most are. */
function releaseOf({ name }: Chart): Dict {
  return dict([
    ['Name', plain(name)],
    ['Namespace', plain('default')],
    ['Service', plain('Helm')],
    ['IsInstall', bool(true)],
    ['IsUpgrade', bool(false)],
    ['Revision', int(1)],
  ]);
}

const TEXTS = [
  'Version',
  'Description',
  'Home',
  'Icon',
  'AppVersion',
  'KubeVersion',
  'Type',
  'Condition',
  'Tags',
  'APIVersion',
];

function chartStruct({ source: { metadata }, name }: Chart, root: boolean): Struct {
  const fields = new Map<string, Datum>(TEXTS.map((field) => [field, fieldText(metadata, keyOf(field))]));
  const written = fieldText(metadata, 'name');
  fields.set('Name', written.text === name ? written : plain(name));
  fields.set('IsRoot', bool(root));
  fields.set('Deprecated', bool(textOf(at(metadata, 'deprecated')) === 'true'));
  for (const field of ['Keywords', 'Sources']) {
    fields.set(field, list(itemsOf(at(metadata, keyOf(field))).map((item) => datumOf(item))));
  }
  fields.set('Maintainers', list([]));
  fields.set('Dependencies', list([]));
  const annotations = at(metadata, 'annotations');
  fields.set('Annotations', annotations?.kind === 'mapping' ? datumOf(annotations) : dict());
  return { kind: 'struct', type: 'chart.Metadata', printed: name, fields, methods: new Map() };
}

function keyOf(field: string): string {
  return field === 'APIVersion' ? 'apiVersion' : field.slice(0, 1).toLowerCase() + field.slice(1);
}

function fieldText(metadata: Mapping, key: string): Text {
  const value = at(metadata, key);
  const text = textOf(value);
  return text === undefined ? plain('') : marked(text, value?.origin);
}
