/** Whether a construct path is a scope or lies below it. */
export function isBelow(path: string, scope: string): boolean {
  return path === scope || path.startsWith(`${scope}/`);
}
