/** Returns whether a construct path is the scope or lies below it. */
export function isBelow(path: string, scope: string): boolean {
  return path === scope || path.startsWith(`${scope}/`);
}
