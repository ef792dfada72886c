/** Longest DNS label. */
const LABEL_LENGTH = 63;

/**
 * Returns the name that a service or volume has in a cluster: lower-case letters, digits and dashes, with a letter
 * first (RFC 1035). A name of that form stays as it is, so the result is stable; `rag_api` becomes `rag-api` and
 * `1password` becomes `n-1password`.
 *
 * @returns an empty text if the name holds no letter and no digit.
 */
export function kubernetesName(name: string): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9-]+/g, '-').replace(/^-+|-+$/g, '');
  const label = /^[0-9]/.test(plain) ? `n-${plain}` : plain;
  return label.slice(0, LABEL_LENGTH).replace(/-+$/, '');
}
