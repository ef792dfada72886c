/** Lists what is ours in the output folder. */
export const MANIFEST = 'manifest.json';

/** Files on their way, and the journal of the move; gone when a run has ended. */
export const STAGE = '.toolbox-stage';

/** Held by the one process that writes. */
export const LOCK = '.toolbox-lock';

/** Names in the output folder that no generated file may have. */
export const RESERVED: ReadonlySet<string> = new Set([MANIFEST, STAGE, LOCK]);
