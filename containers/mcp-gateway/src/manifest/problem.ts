/** One problem of a manifest: where it is, and a message with what is allowed. */
export interface ManifestProblem {
  /** Keys and indices from the root. */
  readonly at: readonly (string | number)[];
  readonly message: string;
  /** The key itself is at fault, not its value. */
  readonly aboutKey?: boolean;
}

/** Every problem of a manifest at once, each with its line. The gateway does not start. */
export class ManifestError extends Error {
  /** @param lines one problem each */
  constructor(public readonly file: string, public readonly lines: readonly string[]) {
    super([`The tool manifest ${file} is refused:`, ...lines.map((line) => `  ${line}`)].join('\n'));
    this.name = 'ManifestError';
  }
}

/** `tools[2].limits.timeoutMs` */
export function pathText(at: readonly (string | number)[]): string {
  return (
    at
      .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
      .join('')
      .replace(/^\./, '') || 'the manifest'
  );
}
