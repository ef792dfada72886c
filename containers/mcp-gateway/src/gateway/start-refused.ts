/** The gateway does not start: every reason at once, each with its fix. */
export class StartRefused extends Error {
  constructor(public readonly problems: readonly string[]) {
    super(['The gateway does not start:', ...problems.map((problem) => problem.replace(/^/gm, '  '))].join('\n'));
    this.name = 'StartRefused';
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
