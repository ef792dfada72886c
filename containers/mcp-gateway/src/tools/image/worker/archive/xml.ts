import { Parser } from 'htmlparser2';
import { Archive } from './archive';
import { LIMITS } from '../limits';

/** Attributes by name; use `prefixed` for those of another namespace. */
export type Attributes = ReadonlyMap<string, string>;

/** The attribute with this local name and any prefix, such as `r:id` for `id`. */
export function prefixed(attributes: Attributes, name: string): string | undefined {
  for (const [key, value] of attributes) {
    if (key.endsWith(`:${name}`)) {
      return value;
    }
  }
  return undefined;
}

export interface XmlHandler {
  open?(name: string, attributes: Attributes): void;
  close?(name: string): void;
}

/**
 * Walks the elements of an XML part by local name: producers differ in prefixes, not in names. There are no entities
 * beyond the five of XML, so nothing expands and nothing is fetched.
 */
export async function walkXml(archive: Archive, name: string, handler: XmlHandler): Promise<void> {
  const parser = new Parser({
    onopentag: (tag, attributes) => handler.open?.(localName(tag), new Map(Object.entries(attributes))),
    onclosetag: (tag) => handler.close?.(localName(tag)),
  }, { xmlMode: true, decodeEntities: true });
  parser.end(xmlText(await archive.read(name, LIMITS.partBytes)));
}

function xmlText(bytes: Buffer): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}
