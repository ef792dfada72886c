import { decoded } from '../../relative-path';

export type ReferenceKind = 'data' | 'remote' | 'path';

/** What an image address in a text is: bytes in the text itself, something elsewhere, or a path beside the text. */
export function kindOfReference(reference: string): ReferenceKind {
  if (/^data:/i.test(reference)) {
    return 'data';
  }
  return /^([a-z][a-z0-9+.-]*:|\/\/|\\\\)/i.test(reference) ? 'remote' : 'path';
}

/** The bytes of a data URI; undefined when it is broken. The media type it claims is ignored: content decides. */
export function dataBytes(reference: string): Buffer | undefined {
  const comma = reference.indexOf(',');
  if (comma < 0) {
    return undefined;
  }
  const payload = reference.slice(comma + 1);
  if (/;\s*base64\s*$/i.test(reference.slice(0, comma))) {
    return Buffer.from(decoded(payload) ?? payload, 'base64');
  }
  const text = decoded(payload);
  return text === undefined ? undefined : Buffer.from(text, 'utf8');
}
