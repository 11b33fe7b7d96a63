/** What a unit is written in. */
export type Technology = 'compose' | 'kubernetes' | 'terraform' | 'source' | 'docker';
/** Who a unit is: what one command deploys. The id is `technology:root[#variant]`. */
export interface UnitIdentity {
    readonly id: string;
    readonly technology: Technology;
    /** The folder that the deploying command is run in, or the file that it is given; `.` for the root. */
    readonly root: string;
    readonly variant: string | null;
    /** Every file that contributed, sorted by code units. */
    readonly files: readonly string[];
}
