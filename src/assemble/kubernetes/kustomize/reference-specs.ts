/** The fields in which objects name each other, and those in which variables stand. */
import { type FieldSpec, pathOf } from './field-path.ts';
import type { Gvk } from './resource.ts';

/** Objects of a kind, and the fields in which others name them. */
export interface ReferenceSpec {
  readonly target: Partial<Gvk>;
  readonly fields: readonly FieldSpec[];
}

/** Where each kind keeps the spec of its pods. */
const TEMPLATE = 'spec/template/spec';
const CRON_TEMPLATE = 'spec/jobTemplate/spec/template/spec';

function fields(kinds: readonly (Partial<Gvk> & { readonly at: string })[], paths: readonly string[]): FieldSpec[] {
  return kinds.flatMap(({ at, ...kind }) =>
    paths.map((path) => ({ ...kind, path: pathOf(at === '' ? path : `${at}/${path}`) })),
  );
}

/** The kinds whose pods name configs and secrets. */
const CONFIGURED = [
  { kind: 'Pod', version: 'v1', at: 'spec' },
  { kind: 'PodTemplate', at: 'template/spec' },
  ...['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job'].map((kind) => ({ kind, at: TEMPLATE })),
  { kind: 'CronJob', at: CRON_TEMPLATE },
];

/** The kinds whose pods name accounts, claims and priorities. */
const RUNNING = [
  { kind: 'Pod', at: 'spec' },
  ...['StatefulSet', 'Deployment', 'ReplicationController', 'Job', 'DaemonSet'].map((kind) => ({ kind, at: TEMPLATE })),
  { kind: 'CronJob', at: CRON_TEMPLATE },
];

const ROLES = [
  { kind: 'Role', at: '' },
  { kind: 'ClusterRole', at: '' },
];
const INGRESS = [{ kind: 'Ingress', at: '' }];
const RBAC = 'rbac.authorization.k8s.io';
const ROLE_BINDING = { kind: 'RoleBinding', group: RBAC, at: '' };
const CLUSTER_ROLE_BINDING = { kind: 'ClusterRoleBinding', group: RBAC, at: '' };

function configFields(kind: 'configMap' | 'secret', nameInVolume: string): readonly string[] {
  return [
    `volumes/${kind}/${nameInVolume}`,
    `volumes/projected/sources/${kind}/name`,
    ...['containers', 'initContainers'].flatMap((list) => [
      `${list}/env/valueFrom/${kind}KeyRef/name`,
      `${list}/envFrom/${kind}Ref/name`,
    ]),
  ];
}

const annotation = (key: string) => `metadata/annotations/${key.replace('/', '\\/')}`;

/** Who names whom, in the kinds that Kubernetes brings along. */
export const REFERENCES: readonly ReferenceSpec[] = [
  ...['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map((kind) => ({
    target: { kind },
    fields: fields([{ kind: 'HorizontalPodAutoscaler', at: '' }], ['spec/scaleTargetRef/name']),
  })),
  {
    target: { kind: 'ConfigMap', version: 'v1' },
    fields: [
      ...fields(CONFIGURED, configFields('configMap', 'name')),
      ...fields([{ kind: 'Node', at: '' }], ['spec/configSource/configMap']),
      ...fields(ROLES, ['rules/resourceNames']),
      ...fields(INGRESS, [annotation('nginx.ingress.kubernetes.io/fastcgi-params-configmap')]),
    ],
  },
  {
    target: { kind: 'Secret', version: 'v1' },
    fields: [
      ...fields(CONFIGURED, [...configFields('secret', 'secretName'), 'imagePullSecrets/name']),
      ...fields(INGRESS, [
        'spec/tls/secretName',
        annotation('ingress.kubernetes.io/auth-secret'),
        annotation('nginx.ingress.kubernetes.io/auth-secret'),
        annotation('nginx.ingress.kubernetes.io/auth-tls-secret'),
      ]),
      ...fields([{ kind: 'ServiceAccount', at: '' }], ['imagePullSecrets/name']),
      ...fields(
        [{ kind: 'StorageClass', at: 'parameters' }],
        ['secretName', 'adminSecretName', 'userSecretName', 'secretRef'],
      ),
      ...fields(ROLES, ['rules/resourceNames']),
      ...fields(
        [{ kind: 'Service', group: 'serving.knative.dev', version: 'v1', at: TEMPLATE }],
        ['containers/env/valueFrom/secretKeyRef/name'],
      ),
      ...fields([{ kind: 'PersistentVolume', at: '' }], ['spec/azureFile/secretName']),
    ],
  },
  {
    target: { kind: 'Service', version: 'v1' },
    fields: [
      ...fields([{ kind: 'StatefulSet', group: 'apps', at: '' }], ['spec/serviceName']),
      ...fields(INGRESS, [
        'spec/rules/http/paths/backend/serviceName',
        'spec/backend/serviceName',
        'spec/rules/http/paths/backend/service/name',
        'spec/defaultBackend/service/name',
      ]),
      ...fields([{ kind: 'APIService', group: 'apiregistration.k8s.io', at: '' }], ['spec/service/name']),
      ...fields(
        ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'].map((kind) => ({
          kind,
          group: 'admissionregistration.k8s.io',
          at: '',
        })),
        ['webhooks/clientConfig/service'],
      ),
    ],
  },
  { target: { kind: 'Role', group: RBAC }, fields: fields([ROLE_BINDING], ['roleRef/name']) },
  {
    target: { kind: 'ClusterRole', group: RBAC },
    fields: fields([ROLE_BINDING, CLUSTER_ROLE_BINDING], ['roleRef/name']),
  },
  {
    target: { kind: 'ServiceAccount', version: 'v1' },
    fields: [...fields([ROLE_BINDING, CLUSTER_ROLE_BINDING], ['subjects']), ...fields(RUNNING, ['serviceAccountName'])],
  },
  {
    target: { kind: 'PersistentVolumeClaim', version: 'v1' },
    fields: fields(RUNNING, ['volumes/persistentVolumeClaim/claimName']),
  },
  {
    target: { kind: 'PersistentVolume', version: 'v1' },
    fields: [
      ...fields([{ kind: 'PersistentVolumeClaim', at: '' }], ['spec/volumeName']),
      ...fields([{ kind: 'ClusterRole', at: '' }], ['rules/resourceNames']),
    ],
  },
  {
    target: { kind: 'StorageClass', group: 'storage.k8s.io', version: 'v1' },
    fields: [
      ...['PersistentVolume', 'PersistentVolumeClaim'].flatMap((kind) =>
        fields([{ kind, at: '' }], ['spec/storageClassName']),
      ),
      ...fields([{ kind: 'StatefulSet', at: '' }], ['spec/volumeClaimTemplates/spec/storageClassName']),
    ],
  },
  {
    target: { kind: 'PriorityClass', group: 'scheduling.k8s.io', version: 'v1' },
    fields: fields(RUNNING, ['priorityClassName']),
  },
  {
    target: { kind: 'ValidatingAdmissionPolicy', group: 'admissionregistration.k8s.io' },
    fields: fields(
      [{ kind: 'ValidatingAdmissionPolicyBinding', group: 'admissionregistration.k8s.io', at: '' }],
      ['spec/policyName'],
    ),
  },
];

const IN_CONTAINERS = ['containers', 'initContainers'].flatMap((list) =>
  ['args', 'command', 'env/value', 'volumeMounts/mountPath'].map((path) => `${list}/${path}`),
);

/** The fields in which `$(NAME)` stands for a variable of a kustomization. */
export const VARIABLE_FIELDS: readonly FieldSpec[] = [
  ...fields([{ kind: 'Pod', at: 'spec' }], [...IN_CONTAINERS, 'volumes/nfs/server']),
  ...['DaemonSet', 'Deployment', 'Job', 'ReplicaSet'].flatMap((kind) =>
    fields([{ kind, at: TEMPLATE }], [...IN_CONTAINERS, 'volumes/nfs/server']),
  ),
  ...fields([{ kind: 'StatefulSet', at: TEMPLATE }], IN_CONTAINERS),
  ...fields([{ kind: 'StatefulSet', at: '' }], ['spec/volumeClaimTemplates/spec/nfs/server']),
  ...fields([{ kind: 'CronJob', at: CRON_TEMPLATE }], IN_CONTAINERS),
  ...fields([{ kind: 'Deployment', at: '' }], ['spec/template/metadata/annotations']),
  ...fields(INGRESS, ['spec/rules/host', 'spec/tls/hosts', 'spec/tls/secretName']),
  ...fields([{ kind: 'Service', at: '' }], ['spec/ports/port', 'spec/ports/targetPort']),
  ...fields([{ kind: 'PersistentVolume', at: '' }], ['spec/nfs/server']),
  { path: pathOf('metadata/labels') },
  { path: pathOf('metadata/annotations') },
];
