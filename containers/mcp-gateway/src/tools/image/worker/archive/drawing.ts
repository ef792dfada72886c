import { Archive } from './archive';
import { relationshipsOf } from './relationships';
import { Uses } from './uses';
import { Attributes, prefixed, walkXml } from './xml';

/** Called for every element, to keep track of where in the part the walk is. */
export interface PlaceTracker {
  open?(name: string, attributes: Attributes): void;
  /** The place of an image found now. */
  place(): string;
}

/** Adds the images that a part shows: DrawingML, and VML from old documents. */
export async function addDrawings(archive: Archive, part: string, uses: Uses, tracker: PlaceTracker): Promise<void> {
  if (!archive.has(part)) {
    return;
  }
  const relationships = await relationshipsOf(archive, part);
  let frameText: string | undefined;
  let altText: string | undefined;
  let fallbacks = 0;
  const add = (id: string | undefined, text: string | undefined): void => {
    const target = id === undefined ? undefined : relationships.get(id);
    if (target?.part !== undefined || target?.address !== undefined) {
      uses.add({ part: target.part, address: target.address, place: tracker.place(), altText: text });
    }
  };
  await walkXml(archive, part, {
    open: (name, attributes) => {
      tracker.open?.(name, attributes);
      switch (name) {
        // A second rendering of what the Choice beside it shows.
        case 'Fallback': fallbacks++; break;
        case 'docPr': frameText = description(attributes); altText = frameText; break;
        case 'cNvPr': altText = description(attributes) ?? frameText; break;
        case 'shape': altText = attributes.get('alt'); break;
        case 'blip':
        case 'svgBlip':
          if (fallbacks === 0) {
            add(prefixed(attributes, 'embed') ?? prefixed(attributes, 'link'), altText);
          }
          break;
        case 'imagedata':
          if (fallbacks === 0) {
            add(
              prefixed(attributes, 'id') ?? prefixed(attributes, 'relid') ?? prefixed(attributes, 'pict'),
              altText ?? prefixed(attributes, 'title'),
            );
          }
          break;
        case 'picture':
          // The background of a sheet.
          if (fallbacks === 0) {
            add(prefixed(attributes, 'id'), undefined);
          }
          break;
      }
    },
    close: (name) => {
      if (name === 'Fallback') {
        fallbacks--;
      } else if (name === 'drawing') {
        frameText = undefined;
        altText = undefined;
      } else if (name === 'pic' || name === 'sp' || name === 'shape') {
        altText = frameText;
      }
    },
  });
}

function description(attributes: Attributes): string | undefined {
  return attributes.get('descr') || attributes.get('title') || undefined;
}
