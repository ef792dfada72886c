import { codeSpan } from './escape/code-span';
import { joined, Markdown, md } from './escape/markdown';
import { text } from './escape/text';
import { Messages } from './messages/messages';
import { ChangePlan, Place } from '../../plan/plan';

const KIBI = 1024;

/** `4 GiB`, `512 MiB`. */
export function size({ words }: Messages, mebibytes: number): Markdown {
  return mebibytes % KIBI === 0 && mebibytes > 0
    ? words.amount(mebibytes / KIBI, md`GiB`)
    : words.amount(mebibytes, md`MiB`);
}

/** `4 MiB`, `256 KiB`, `100 bytes`. */
export function byteSize(messages: Messages, bytes: number): Markdown {
  if (bytes % KIBI !== 0 || bytes === 0) {
    return messages.words.bytes(bytes);
  }
  return bytes % (KIBI * KIBI) === 0
    ? size(messages, bytes / (KIBI * KIBI))
    : messages.words.amount(bytes / KIBI, md`KiB`);
}

/** Most names in one cell, for readability. */
const MOST_NAMES = 40;

/** Pieces separated by commas, the first ones of many; `none` without any. */
export function listOf({ words }: Messages, pieces: readonly Markdown[], none: Markdown = words.none): Markdown {
  if (pieces.length === 0) {
    return none;
  }
  const shown = joined(pieces.slice(0, MOST_NAMES));
  return pieces.length > MOST_NAMES ? words.andMore(shown, pieces.length - MOST_NAMES) : shown;
}

/** Names as code, separated by commas; `none` without any. */
export function names(messages: Messages, list: readonly string[], none?: Markdown): Markdown {
  // those that are not shown need no escape
  const spans = list.map((name, index) => (index < MOST_NAMES ? codeSpan(name) : md``));
  return listOf(messages, spans, none);
}

export function where({ words }: Messages, places: readonly Place[]): Markdown {
  return places.length === 1 ? words.place[places[0]] : words.everyPlace;
}

/** A point in time as records have it, to the minute; whatever has another form stays as it is. */
export function moment({ words }: Messages, at: string): Markdown {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d):\d\dZ$/.exec(at)?.slice(1).map(text);
  return parts === undefined ? text(at) : words.moment(words.date(parts[0], parts[1], parts[2]), parts[3]);
}

/** A day, `2026-12-31`; whatever has another form stays as it is. */
export function day({ words }: Messages, date: string): Markdown {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date)?.slice(1).map(text);
  return parts === undefined ? text(date) : words.date(parts[0], parts[1], parts[2]);
}

/** Parts of a fingerprint that differ: what changed, what is new, what is gone. */
export function changesText(messages: Messages, changes: readonly ChangePlan[]): Markdown {
  const kinds = (['changed', 'new', 'gone'] as const).map(
    (how) => [how, changes.filter((change) => change.how === how).map(({ part }) => part)] as const,
  );
  return joined(
    kinds
      .filter(([, parts]) => parts.length > 0)
      .map(([how, parts]) =>
        messages.words.changes(
          how,
          names(
            messages,
            parts.map((name) => messages.words.part(name)),
          ),
        ),
      ),
    '; ',
  );
}

/** The sentence with a period, unless it ends like a sentence already. */
export function sentence(words: Markdown): Markdown {
  return /[.!?]`?$/.test(words) ? words : md`${words}.`;
}
