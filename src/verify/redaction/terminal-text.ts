import { UNSEEN } from '../../util/unseen';

/** Longer control sequences count as text, so that no output can hide what follows. */
const LONGEST_SEQUENCE = 4096;
const SEQUENCE = new RegExp([
  '[\\u001b]\\[[0-?]{0,100}[ -/]{0,20}[@-~]',
  `[\\u001b][\\]PX^_][^\\u0007\\u001b\\u009c]{0,${LONGEST_SEQUENCE}}(?:\\u0007|\\u001b\\\\|\\u009c)`,
  '[\\u001b][ -/]{0,20}[0-~]',
  '\\u009b[0-?]{0,100}[ -/]{0,20}[@-~]',
].join('|'), 'g');
const UNFINISHED =
  /\r+$|[\u001b](?:\[[0-?]*[ -/]*|[\]PX^_][^\u0007\u001b\u009c]*[\u001b]?|[ -/]*)$|\u009b[0-?]*[ -/]*$/;
// keeps tabs and line feeds
const HIDDEN = new RegExp(`[\\u0000-\\u0008\\u000b-\\u001f${UNSEEN}]`, 'gu');

/**
 * Converts terminal output to plain text without control sequences and invisible characters. A carriage return ends a
 * line, so that steps of progress bars become lines.
 */
export class TerminalText {
  private rest = '';

  public feed(text: string): string {
    const all = this.rest + text;
    const at = all.length - 2 * LONGEST_SEQUENCE;
    const [unfinished = ''] = UNFINISHED.exec(at > 0 ? all.slice(at) : all) ?? [];
    this.rest = unfinished.length > LONGEST_SEQUENCE ? '' : unfinished;
    return plain(all.slice(0, all.length - this.rest.length));
  }

  public end(): string {
    const rest = this.rest;
    this.rest = '';
    return plain(rest);
  }
}

function plain(text: string): string {
  return text.replace(SEQUENCE, '').replace(/\r+\n?/g, '\n').replace(HIDDEN, '');
}
