/**
 * All that only guards need, as one module, since it is much: it is loaded where a fragment has some (`lint.ts`), and by
 * the commands that tell who may talk to whom.
 */
export { hypotheticalExposures } from './exposure/hypothetical.ts';
export { pastGuards } from './exposure/past-guards.ts';
export { grantedTo } from './listener/granted.ts';
export { relationOf } from './reach/relate.ts';
