/** Exit code of a command that could not do its work here and now: EX_TEMPFAIL of sysexits.h. */
export const COULD_NOT_RUN = 75;
