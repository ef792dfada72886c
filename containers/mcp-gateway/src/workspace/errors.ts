import { Denial, ToolFailure } from '../tools/tool';

/** What the client may know of a system error: nothing that names a path outside the workspace. */
export function failureOf(error: unknown): Error {
  if (error instanceof Denial || error instanceof ToolFailure) {
    return error;
  }
  switch (errorCode(error)) {
    case 'ENOENT': return new ToolFailure('no such file or folder');
    case 'ENOTDIR': return new ToolFailure('a part of the path is not a folder');
    case 'ENAMETOOLONG': return new ToolFailure('a name in the path is too long');
    case 'ELOOP': return new ToolFailure('too many symbolic links');
    case 'EACCES':
    case 'EPERM': return new ToolFailure('the gateway has no permission to read it');
    case 'EMFILE':
    case 'ENFILE': return new ToolFailure('too many files are open; try again');
    default: return new ToolFailure('it could not be read');
  }
}

/** The system's error code, such as ENOENT. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
