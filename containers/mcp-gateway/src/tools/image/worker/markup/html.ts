import { Parser, ParserOptions } from 'htmlparser2';

/** An image address in a text. */
export interface ImageReference {
  readonly reference: string;
  readonly altText?: string;
  /** Where in the text the element stands, in characters. */
  readonly offset: number;
}

/** Elements that show an image, and the attribute that names it. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  img: ['src'],
  image: ['href', 'xlink:href'],
  input: ['src'],
  video: ['poster'],
};

/** The images an HTML text shows, in its order. Scripts are text here, and nothing is fetched. */
export function imageReferences(
  html: string,
  options: ParserOptions = { decodeEntities: true },
): readonly ImageReference[] {
  const found: ImageReference[] = [];
  const parser = new Parser(
    {
      onopentag: (tag, attributes) => {
        const name = tag.slice(tag.lastIndexOf(':') + 1);
        const offset = parser.startIndex;
        const altText = attributes.alt || attributes.title || undefined;
        for (const attribute of SOURCES[name] ?? []) {
          const reference = attributes[attribute]?.trim();
          if (reference) {
            found.push({ reference, altText, offset });
            break;
          }
        }
        // The largest of the choices is not known without fetching them; each is listed.
        if (name === 'source' && attributes.srcset !== undefined) {
          found.push(...candidates(attributes.srcset).map((reference) => ({ reference, altText, offset })));
        }
      },
    },
    options,
  );
  parser.end(html);
  return found;
}

/** The addresses of a srcset: each up to white space, with commas between a descriptor and the next address. */
function candidates(srcset: string): readonly string[] {
  return [...srcset.slice(0, 16_384).matchAll(/(?:^|,)\s*([^\s,][^\s]*?)(?=,?\s|,?$)/g)]
    .map(([, address]) => address ?? '')
    .filter((address) => address !== '');
}
