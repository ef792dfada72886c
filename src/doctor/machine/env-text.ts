import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

const MOST_BYTES = 1024 * 1024;
const LINE = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=(.*)$/;

export type EnvText =
  | {
    readonly kind: 'values';
    readonly values: ReadonlyMap<string, string>;
    /** Whether other users may read it. */ readonly open: boolean;
  }
  | { readonly kind: 'none'; readonly missing: boolean; readonly reason: string };

/** Reads an env file like Compose: the last value of a repeated key wins. */
export function readEnvFile(path: string): EnvText {
  let handle: number;
  try {
    // without O_NONBLOCK, opening a named pipe blocks
    handle = openSync(path, constants.O_RDONLY + (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return {
      kind: 'none',
      missing: code === 'ENOENT',
      reason: code === 'ENOENT' ? 'missing' : `it cannot be read: ${code}`,
    };
  }
  try {
    const stats = fstatSync(handle);
    if (!stats.isFile()) {
      return { kind: 'none', missing: false, reason: 'it is not a file' };
    }
    if (stats.size > MOST_BYTES) {
      return { kind: 'none', missing: false, reason: `it is larger than ${MOST_BYTES / 1024 / 1024} MiB` };
    }
    // Windows has no file modes
    const open = process.platform !== 'win32' && stats.mode % 0o100 !== 0;
    return { kind: 'values', values: valuesOf(readFileSync(handle, 'utf8')), open };
  } finally {
    closeSync(handle);
  }
}

function valuesOf(text: string): Map<string, string> {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  return new Map(
    lines.flatMap((line) => {
      const match = LINE.exec(line);
      return match === null ? [] : [[match[1], unquoted(match[2].trim())] as const];
    }),
  );
}

function unquoted(text: string): string {
  const [, , quoted] = /^(["'])(.*)\1(?:\s+#.*)?$/.exec(text) ?? [];
  return (quoted ?? text.replace(/(?:^|\s+)#.*$/, '')).trim();
}
