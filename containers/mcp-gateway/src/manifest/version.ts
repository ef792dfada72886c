import { ManifestProblem } from './problem';

/**
 * Turns a manifest of one version into one of the next. The input is not validated and may have any shape.
 */
export type Migration = (document: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** The first one turns schemaVersion 1 into 2, and so on; the newest version is one more than there are. */
export const MIGRATIONS: readonly Migration[] = [];

/**
 * A manifest in the newest form that the schema knows, with notices for the log; or the reason why it cannot be read.
 */
export type Newest =
  { readonly document: unknown; readonly notice?: ManifestProblem } | { readonly problem: ManifestProblem };

/** What has no sensible version stays as it is, for the schema to judge. */
export function newestForm(document: unknown, migrations: readonly Migration[] = MIGRATIONS): Newest {
  const newest = migrations.length + 1;
  if (!hasVersion(document) || document.schemaVersion === newest) {
    return { document };
  }
  const { schemaVersion: version } = document;
  const at = ['schemaVersion'];
  if (version > newest) {
    return {
      problem: {
        at,
        message: `is ${version}, and this gateway knows ${newest} at most; build its image again from the folder ` +
          'that came with the generator',
      },
    };
  }
  return {
    document: migrations
      .slice(version - 1)
      .reduce<Record<string, unknown>>(
        (older, migrate, index) => ({ ...migrate(older), schemaVersion: version + index + 1 }),
        document,
      ),
    notice: {
      at,
      message: `is ${version} and is read as if it were ${newest}; write the manifest again with "npx ` +
        'toolbox-constructs synth"',
    },
  };
}

function hasVersion(document: unknown): document is Record<string, unknown> & { readonly schemaVersion: number } {
  const version: unknown =
    typeof document === 'object' && document !== null && 'schemaVersion' in document
      ? document.schemaVersion
      : undefined;
  return typeof version === 'number' && Number.isSafeInteger(version) && version >= 1;
}
