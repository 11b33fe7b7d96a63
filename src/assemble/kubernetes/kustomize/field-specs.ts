/** The fields that kustomize changes unless a kustomization configures others: labels, annotations, images, replicas. */
import { type FieldSpec, pathOf } from './field-path.ts';

function spec(path: string, kind: Omit<FieldSpec, 'path'> = {}): FieldSpec {
  return { ...kind, path: pathOf(path) };
}

/** Controllers whose pods stand in `spec.template`; the group as far as kustomize asks for it. */
const TEMPLATED: readonly Omit<FieldSpec, 'path'>[] = [
  { kind: 'ReplicationController', version: 'v1' },
  { kind: 'Deployment' },
  { kind: 'ReplicaSet' },
  { kind: 'DaemonSet' },
];
const STATEFUL_SET = { kind: 'StatefulSet', group: 'apps' };
const JOB = { kind: 'Job', group: 'batch' };
const CRON_JOB = { kind: 'CronJob', group: 'batch' };

/** Of every object, and of everything that its pods and claims are made from. */
const TEMPLATE_LABELS: readonly FieldSpec[] = [
  spec('metadata/labels', { create: true }),
  ...[...TEMPLATED, STATEFUL_SET, JOB].map((kind) => spec('spec/template/metadata/labels', { ...kind, create: true })),
  spec('spec/volumeClaimTemplates[]/metadata/labels', { ...STATEFUL_SET, create: true }),
  spec('spec/jobTemplate/metadata/labels', { ...CRON_JOB, create: true }),
  spec('spec/jobTemplate/spec/template/metadata/labels', { ...CRON_JOB, create: true }),
];

/** Where pods say which others they want to be near or far from, and how they spread. */
const AFFINITY_SELECTORS: readonly string[] = [
  ...['podAffinity', 'podAntiAffinity'].flatMap((side) => [
    `affinity/${side}/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels`,
    `affinity/${side}/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels`,
  ]),
  'topologySpreadConstraints/labelSelector/matchLabels',
];

const SELECTORS: readonly FieldSpec[] = [
  ...['Service', 'ReplicationController'].map((kind) => spec('spec/selector', { kind, version: 'v1', create: true })),
  ...[{ kind: 'Deployment' }, { kind: 'ReplicaSet' }, { kind: 'DaemonSet' }, STATEFUL_SET].map((kind) =>
    spec('spec/selector/matchLabels', { ...kind, create: true }),
  ),
  ...[{ kind: 'Deployment', group: 'apps' }, STATEFUL_SET].flatMap((kind) =>
    AFFINITY_SELECTORS.map((path) => spec(`spec/template/spec/${path}`, kind)),
  ),
  spec('spec/selector/matchLabels', JOB),
  spec('spec/jobTemplate/spec/selector/matchLabels', CRON_JOB),
  spec('spec/selector/matchLabels', { kind: 'PodDisruptionBudget', group: 'policy' }),
  ...['spec/podSelector', 'spec/ingress/from/podSelector', 'spec/egress/to/podSelector'].map((path) =>
    spec(`${path}/matchLabels`, { kind: 'NetworkPolicy', group: 'networking.k8s.io' }),
  ),
];

const ANNOTATIONS: readonly FieldSpec[] = [
  spec('metadata/annotations', { create: true }),
  ...[...TEMPLATED, { kind: 'StatefulSet' }, JOB].map((kind) =>
    spec('spec/template/metadata/annotations', { ...kind, create: true }),
  ),
  spec('spec/jobTemplate/metadata/annotations', { ...CRON_JOB, create: true }),
  spec('spec/jobTemplate/spec/template/metadata/annotations', { ...CRON_JOB, create: true }),
];

/** The label of an object alone, which is all that `labels` sets unless it is told to do more. */
export const OWN_LABELS: FieldSpec = spec('metadata/labels', { create: true });

/** By the name that a `configurations` file has for them. */
export const DEFAULT_FIELDS = {
  namePrefix: [spec('metadata/name')],
  nameSuffix: [spec('metadata/name')],
  namespace: [
    spec('metadata/name', { kind: 'Namespace', create: true }),
    spec('spec/service/namespace', { kind: 'APIService', group: 'apiregistration.k8s.io', create: true }),
    spec('spec/conversion/webhook/clientConfig/service/namespace', {
      kind: 'CustomResourceDefinition',
      group: 'apiextensions.k8s.io',
    }),
  ],
  labels: [] as readonly FieldSpec[],
  templateLabels: TEMPLATE_LABELS,
  commonLabels: [...SELECTORS, ...TEMPLATE_LABELS],
  commonAnnotations: ANNOTATIONS,
  images: ['spec', 'spec/template/spec'].flatMap((pod) =>
    ['containers[]', 'initContainers[]'].map((list) => spec(`${pod}/${list}/image`)),
  ),
  replicas: ['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map((kind) =>
    spec('spec/replicas', { kind, create: true }),
  ),
} as const satisfies Record<string, readonly FieldSpec[]>;
