/**
 * What only guards need: most of what the graph is made with. It is loaded where a fragment has some (`lint.ts`), and by the
 * commands that tell who may talk to whom.
 */
export { pastGuards } from './exposure/past-guards.ts';
export { relationOf } from './reach/relate.ts';
