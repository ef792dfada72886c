/** Whether a dotted version is the given one or a later one. What is no number counts as 0. */
export function isAtLeast(version: string, least: readonly number[]): boolean {
  const parts = version.replace(/^v/, '').split(/[.+-]/).map((part) => Number.parseInt(part, 10) || 0);
  for (const [index, wanted] of least.entries()) {
    const part = parts[index] ?? 0;
    if (part !== wanted) {
      return part > wanted;
    }
  }
  return true;
}
