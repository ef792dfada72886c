/** RFC 1035 label, the strictest grammar of all targets: a Kubernetes Service has it. */
export const LABEL = /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Whether a text is labels of lower-case letters, digits and dashes, separated by dots. */
export function isHostName(text: string): boolean {
  return text.length <= 253 && text.split('.').every((label) => LABEL.test(label));
}
