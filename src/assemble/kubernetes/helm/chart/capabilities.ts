/** What templates learn of the cluster: one of today with nothing but what Kubernetes itself brings, as `helm template` has it. */
import { bool, type Datum, type Struct } from '../datum.ts';
import { string } from '../functions/arguments.ts';
import { parseVersion, satisfies, type Version } from '../functions/versions.ts';
import { plain } from '../text.ts';

/** The minor version of a Kubernetes release that is maintained. */
const MINOR = 34;
/** As far as a chart's own wish is followed into the future. */
const LAST_MINOR = 60;
const HELM = 'v3.19.0';

/** Groups with the versions that Helm takes every cluster to serve. */
const GROUPS: readonly (readonly [string, string])[] = [
  ['', 'v1'],
  ['admissionregistration.k8s.io/', 'v1 v1alpha1 v1beta1'],
  ['apiextensions.k8s.io/', 'v1 v1beta1'],
  ['apps/', 'v1 v1beta1 v1beta2'],
  ['authentication.k8s.io/', 'v1 v1alpha1 v1beta1'],
  ['authorization.k8s.io/', 'v1 v1beta1'],
  ['autoscaling/', 'v1 v2'],
  ['batch/', 'v1 v1beta1'],
  ['certificates.k8s.io/', 'v1 v1alpha1 v1beta1'],
  ['coordination.k8s.io/', 'v1 v1alpha2 v1beta1'],
  ['discovery.k8s.io/', 'v1 v1beta1'],
  ['events.k8s.io/', 'v1 v1beta1'],
  ['extensions/', 'v1beta1'],
  ['flowcontrol.apiserver.k8s.io/', 'v1 v1beta1 v1beta2 v1beta3'],
  ['internal.apiserver.k8s.io/', 'v1alpha1'],
  ['networking.k8s.io/', 'v1 v1beta1'],
  ['node.k8s.io/', 'v1 v1alpha1 v1beta1'],
  ['policy/', 'v1 v1beta1'],
  ['rbac.authorization.k8s.io/', 'v1 v1alpha1 v1beta1'],
  ['resource.k8s.io/', 'v1 v1alpha3 v1beta1 v1beta2'],
  ['scheduling.k8s.io/', 'v1 v1alpha1 v1beta1'],
  ['storage.k8s.io/', 'v1 v1alpha1 v1beta1'],
];

const SERVED: ReadonlySet<string> = new Set(
  GROUPS.flatMap(([group, versions]) => versions.split(' ').map((version) => `${group}${version}`)),
);

/**
 * The value of `.Capabilities` for a chart whose Chart.yaml asks for a `kubeVersion` (empty where it does not): Helm deploys
 * it to no other cluster.
 */
export function capabilities(kubeVersion: string): Struct {
  const major = '1';
  const minor = String(minorFor(kubeVersion));
  const version = `v${major}.${minor}.0`;
  const texts = (fields: Readonly<Record<string, string>>): Map<string, Datum> =>
    new Map(Object.entries(fields).map(([key, value]) => [key, plain(value)]));
  const kubernetes = struct(
    'chartutil.KubeVersion',
    version,
    texts({ Version: version, GitVersion: version, Major: major, Minor: minor, String: version }),
  );
  const versions: Struct = {
    ...struct('chartutil.VersionSet', `[${[...SERVED].join(' ')}]`, new Map()),
    methods: new Map([['Has', (args) => bool(SERVED.has(string(args, 0)))]]),
  };
  const helm = struct(
    'version.BuildInfo',
    `{${HELM}   }`,
    texts({ Version: HELM, GitCommit: '', GitTreeState: '', GoVersion: '' }),
  );
  return struct(
    '*chartutil.Capabilities',
    '',
    new Map<string, Datum>([
      ['KubeVersion', kubernetes],
      ['APIVersions', versions],
      ['HelmVersion', helm],
    ]),
  );
}

/** The newest release up to ours that the chart takes, else the oldest behind it; ours where it takes none. */
function minorFor(kubeVersion: string): number {
  if (kubeVersion === '') return MINOR;
  const takes = (minor: number) => satisfies(parseVersion(`1.${minor}.0`) as Version, kubeVersion);
  for (let minor = MINOR; minor >= 0; minor--) if (takes(minor)) return minor;
  for (let minor = MINOR + 1; minor <= LAST_MINOR; minor++) if (takes(minor)) return minor;
  return MINOR;
}

function struct(type: string, printed: string, fields: ReadonlyMap<string, Datum>): Struct {
  return { kind: 'struct', type, printed, fields, methods: new Map() };
}
