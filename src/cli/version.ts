declare const PORTOLAN_VERSION: string | undefined;

/** The version of this build; `0.0.0` where the program runs unbuilt, as in its tests. */
export const VERSION = typeof PORTOLAN_VERSION === 'undefined' ? '0.0.0' : PORTOLAN_VERSION;
