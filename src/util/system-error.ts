const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOENT: 'something is missing',
  ENOTDIR: 'there is a file in place of a folder',
  EISDIR: 'there is a folder in place of a file',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EIO: 'the disk does not answer',
};

/** Returns the code of a system error, for example `ENOENT`; undefined for any other error. */
export function errorCode(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** Returns a system error in words, for example `the disk is full (ENOSPC)`; undefined for any other error. */
export function systemReason(error: unknown): string | undefined {
  const code = errorCode(error);
  if (code === undefined || !/^E[A-Z0-9]+$/.test(code)) {
    return undefined;
  }
  return `${REASONS[code] ?? 'the system refused'} (${code})`;
}
