/** Exit code of a command that could not run on this machine now (EX_TEMPFAIL of sysexits.h). */
export const COULD_NOT_RUN = 75;
