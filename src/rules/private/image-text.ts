/** Returns an image reference for messages, without credentials before an `@`. */
export function imageText(reference: string): string {
  return reference.replace(/^.*@(?!sha256:)/s, '…@');
}
