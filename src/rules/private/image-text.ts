/** A reference, or a part of one, for messages: credentials before an @ are not repeated. */
export function imageText(reference: string): string {
  return reference.replace(/^.*@(?!sha256:)/s, '…@');
}
