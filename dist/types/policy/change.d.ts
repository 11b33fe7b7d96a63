import type { Edit } from '../source/edit.ts';
import type { Change } from './finding.ts';
import type { Edge } from './subjects/table.ts';
/** What a rule can name under `change`: the changes of text that the graph offers, and of what they are. */
export declare const CHANGES: {
    readonly loopback: {
        readonly on: "exposure";
        readonly about: "Publish the port on the loopback address of its host alone";
        readonly edit: ({ exposure }: Edge) => Edit | null;
    };
    readonly removal: {
        readonly on: "listener";
        readonly about: "Remove the declaration of the port";
        readonly edit: ({ listener }: Edge) => Edit | null;
    };
};
export type ChangeName = keyof typeof CHANGES;
/** The change that a rule names, where the graph offers it for what the rule fired on. */
export declare function changeOf(name: ChangeName | null, edge: Edge): Change | null;
