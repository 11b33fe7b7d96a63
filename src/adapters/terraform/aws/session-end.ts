/** Until when policies of identities let somebody start a session on a machine, where one of them says so. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { Origin } from '../../../source/span.ts';
import type { Value } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { get, isUnknown, knownBlocks } from '../resource.ts';
import { isAbout } from './policy-callers.ts';
import { endOf } from './policy-condition.ts';
import { type Statement, statementsOf } from './policy-document.ts';

/** The attributes that hold policies of identities. */
const POLICIES: Readonly<Record<string, string>> = {
  aws_iam_policy: 'policy',
  aws_iam_role_policy: 'policy',
  aws_iam_user_policy: 'policy',
  aws_iam_group_policy: 'policy',
  aws_ssoadmin_permission_set_inline_policy: 'inline_policy',
};

/** A statement that lets somebody in for a time. */
interface Ending {
  readonly statement: Statement;
  readonly until: string;
  readonly origin: Origin;
}

const shared = new WeakMap<Context, readonly Ending[]>();

/** The first end of a permission for one of these actions, in small letters, on a machine. */
export function permittedUntil(
  machine: Resource,
  actions: readonly string[],
  context: Context,
): Pick<Ending, 'until' | 'origin'> | undefined {
  const endings = shared.get(context) ?? endingsIn(context);
  shared.set(context, endings);
  return endings.find(
    ({ statement }) => actions.some((action) => isAbout(statement, action) === true) && speaksOf(statement, machine),
  );
}

function endingsIn(context: Context): readonly Ending[] {
  return policiesIn(context).flatMap((policy) =>
    statementsOf(policy, context).flatMap((statement): readonly Ending[] => {
      if (isUnknown(statement) || !statement.allows || statement.uncertain) return [];
      for (const condition of statement.conditions) {
        const until = endOf(condition);
        if (until !== undefined) return [{ statement, until, origin: condition.origin }];
      }
      return [];
    }),
  );
}

function policiesIn(context: Context): readonly Value[] {
  const apart = Object.entries(POLICIES).flatMap(([type, attribute]) =>
    context.all(type).flatMap(({ body }) => get(body, attribute) ?? []),
  );
  const inside = context
    .all('aws_iam_role')
    .flatMap(({ body }) => knownBlocks(body, 'inline_policy').flatMap((block) => get(block, 'policy') ?? []));
  return [...apart, ...inside];
}

const EVERY_MACHINE = /^(\*|arn:[^/]*:(\*|instance\/\*))$/;

/** Whether it is about every machine, or about this one by its name; whom a tag means is another matter. */
function speaksOf({ resources = [], conditions }: Statement, { address }: Resource): boolean {
  if (conditions.some(({ key }) => key.includes('resourcetag'))) return false;
  return resources.some((item) => {
    if (!isUnknown(item)) return EVERY_MACHINE.test(item.text);
    const named = (item.refers ?? []).some((reference) => reference.address === address);
    return named || item.ends?.endsWith(':instance/*') === true;
  });
}
