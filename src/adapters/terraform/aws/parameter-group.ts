/**
 * Parameter groups of databases: the parameters by which callers may speak plaintext, as they are written, and where they are
 * not as the family of the group has them.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { ProvidedPort } from '../../../graph/fragment.ts';
import type { Context } from '../context.ts';
import { type Facts, NOTHING, type Reader, type Readers, workloadFact } from '../facts.ts';
import { blocks, isUnknown, knownText, originOf, text } from '../resource.ts';

/** A parameter by which callers have to speak TLS. */
interface Parameter {
  readonly name: string;
  /** What lets them speak plaintext. */
  readonly off: readonly string[];
  /** The families in which it is off unless somebody turns it on, as AWS documents them; none that are not listed. */
  readonly offIn?: RegExp;
}

interface GroupType {
  readonly parameters: readonly Parameter[];
  /** The types of what has such a group, and the attribute that names it. */
  readonly users: readonly (readonly [type: string, attribute: string])[];
}

const off = ['0', 'off', 'OFF'];

const GROUPS: Readonly<Record<string, GroupType>> = {
  aws_db_parameter_group: {
    parameters: [
      { name: 'rds.force_ssl', off, offIn: /^postgres(9\.|1[0-4]$)/ },
      { name: 'require_secure_transport', off, offIn: /^(mysql(5\.7|8\.0)|mariadb(10\.(5|6|11)|11\.4))$/ },
    ],
    users: [['aws_db_instance', 'parameter_group_name']],
  },
  aws_rds_cluster_parameter_group: {
    parameters: [
      { name: 'rds.force_ssl', off, offIn: /^(aurora-postgresql(9\.|1[0-6]$)|postgres1[34]$)/ },
      { name: 'require_secure_transport', off, offIn: /^(aurora-mysql(5\.7|8\.0)|mysql8\.0)$/ },
    ],
    users: [['aws_rds_cluster', 'db_cluster_parameter_group_name']],
  },
  aws_docdb_cluster_parameter_group: {
    parameters: [{ name: 'tls', off: ['disabled'] }],
    users: [['aws_docdb_cluster', 'db_cluster_parameter_group_name']],
  },
  aws_neptune_cluster_parameter_group: {
    parameters: [{ name: 'neptune_enforce_ssl', off }],
    users: [['aws_neptune_cluster', 'neptune_cluster_parameter_group_name']],
  },
  aws_redshift_parameter_group: {
    parameters: [{ name: 'require_ssl', off: ['false'], offIn: /^redshift-1\.0$/ }],
    users: [['aws_redshift_cluster', 'cluster_parameter_group_name']],
  },
};

/** A group that nothing of the code has is judged as the one that something will have. */
const lone: Reader = (group, context) => {
  const used = GROUPS[group.type]?.users.some(([type, attribute]) => context.users(group, type, attribute).length > 0);
  const said = used ? {} : spokenBy(group);
  if (said.transport === undefined) return NOTHING;
  const service = engineOf(group) ?? null;
  return lonely(group, { service, ports: null, protocol: 'tcp', ...said, origin: group.origin });
};

function lonely(group: Resource, provided: ProvidedPort): Facts {
  return { workloads: [workloadFact(group, { kind: 'database', provides: [provided] })] };
}

export const PARAMETER_GROUP_READERS: Readers = Object.fromEntries(Object.keys(GROUPS).map((type) => [type, lone]));

/** The parameter group of a resource. */
export function parameterGroupOf(resource: Resource, context: Context): Resource | undefined {
  for (const [type, { users }] of Object.entries(GROUPS)) {
    const attribute = users.find(([user]) => user === resource.type)?.[1];
    const group = attribute && context.one(resource, attribute, [type]);
    if (group) return group;
  }
  return undefined;
}

/** Plaintext, and the line that says so, or would; nothing where callers have to speak TLS or nobody knows. */
export function spokenBy(group: Resource): Pick<ProvidedPort, 'transport' | 'transportOrigin'> {
  const written = blocks(group.body, 'parameter');
  const family = knownText(group.body, 'family') ?? '';
  for (const { name, off: values, offIn } of GROUPS[group.type]?.parameters ?? []) {
    const said = written.find((block) => !isUnknown(block) && text(block, 'name') === name);
    if (said && !isUnknown(said)) {
      if (values.includes(knownText(said, 'value') ?? '')) {
        return { transport: 'plaintext', transportOrigin: originOf(said, 'value', said.origin) };
      }
      continue;
    }
    const hidden = written.some((block) => isUnknown(block) || isUnknown(text(block, 'name')));
    if (!hidden && offIn?.test(family)) {
      return { transport: 'plaintext', transportOrigin: originOf(group.body, 'family', group.origin) };
    }
  }
  return {};
}

/** The engine that the family of a group is for: `postgres13`, `aurora-mysql8.0`, `docdb3.6`. */
export function engineOf(group: Resource): string | undefined {
  const family = knownText(group.body, 'family');
  const engine = family && /^([a-z]+(?:-[a-z]+)*?)-?[\d.]+$/.exec(family)?.[1];
  return engine === 'docdb' ? 'documentdb' : engine;
}
