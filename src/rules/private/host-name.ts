/** RFC 1035 label, the strictest grammar of all targets (names of Kubernetes Services). */
export const LABEL = /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Returns whether a text is RFC 1035 labels separated by dots, at most 253 characters. */
export function isHostName(text: string): boolean {
  return text.length <= 253 && text.split('.').every((label) => LABEL.test(label));
}
