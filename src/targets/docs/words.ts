import { codeSpan } from './escape/code-span';
import { joined, Markdown, md } from './escape/markdown';
import { Place } from '../../plan/plan';

/** What a cell shows when there is nothing to say. */
export const NONE = md`none`;

/** `4 GiB`, `512 MiB`. */
export function size(mebibytes: number): Markdown {
  return mebibytes % 1024 === 0 && mebibytes > 0 ? md`${mebibytes / 1024} GiB` : md`${mebibytes} MiB`;
}

/** `4 MiB`, `256 KiB`, `100 bytes`. */
export function byteSize(bytes: number): Markdown {
  if (bytes % 1024 !== 0 || bytes === 0) {
    return md`${bytes} bytes`;
  }
  return bytes % (1024 * 1024) === 0 ? size(bytes / (1024 * 1024)) : md`${bytes / 1024} KiB`;
}

/** `1 check`, `2 checks`. */
export function count(number: number, one: Markdown, many: Markdown): Markdown {
  return md`${number} ${number === 1 ? one : many}`;
}

/** More names than this in one cell nobody reads. */
const MOST_NAMES = 40;

/** Names as code, separated by commas; `none` without any. */
export function names(list: readonly string[], none: Markdown = NONE): Markdown {
  if (list.length === 0) {
    return none;
  }
  const shown = joined(list.slice(0, MOST_NAMES).map(codeSpan));
  return list.length > MOST_NAMES ? md`${shown} and ${list.length - MOST_NAMES} more` : shown;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(pieces: readonly Markdown[]): Markdown {
  return pieces.length < 2 ? joined(pieces) : md`${joined(pieces.slice(0, -1))} and ${pieces[pieces.length - 1]}`;
}

export function where(places: readonly Place[]): Markdown {
  return places.length === 1 ? placeName(places[0]) : md`workstation and cluster`;
}

function placeName(place: Place): Markdown {
  return place === 'workstation' ? md`workstation` : md`cluster`;
}

/** The sentence with a period, unless it ends like a sentence already. */
export function sentence(text: Markdown): Markdown {
  return /[.!?]`?$/.test(text) ? text : md`${text}.`;
}
