/**
 * The path a reference leads to, as a document means it: relative to the document, `/` for the top, query and fragment
 * left out. Only text is judged here; the caller decides whether it may be opened.
 *
 * @param from path of the document that holds the reference
 * @returns undefined when it leads above the top
 */
export function relativePath(from: string, reference: string): string | undefined {
  const path = decoded(reference.replace(/[?#].*$/s, ''));
  if (path === undefined || path === '') {
    return undefined;
  }
  const segments = path.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const segment of path.split('/')) {
    if (segment === '..') {
      if (segments.pop() === undefined) {
        return undefined;
      }
    } else if (segment !== '' && segment !== '.') {
      segments.push(segment);
    }
  }
  return segments.join('/');
}

/** Percent-decoded; undefined for a broken encoding. */
export function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
