/** Functions whose results exist only where Terraform runs. */
import { type Datum, type UnknownReason, unknownDatum, withMark } from '../datum.ts';
import { refersOf } from '../derive.ts';
import type { Func } from './call.ts';

/** A function that nobody can evaluate here; `because` says why. Its result refers to what its arguments refer to. */
export function notYet(because: string, reason: UnknownReason = 'computed'): Func {
  return {
    least: 0,
    most: Number.POSITIVE_INFINITY,
    run: (args, { origin }) => {
      const values = args.map((arg): Datum => arg.value());
      return withMark(
        unknownDatum(reason, because, origin, refersOf(values)),
        values.some(({ sensitive }) => sensitive),
      );
    },
  };
}
