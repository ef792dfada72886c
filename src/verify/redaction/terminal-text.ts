import { UNSEEN } from '../../util/unseen';

/** A control sequence that is longer is taken for text, so that no output can swallow what follows. */
const LONGEST_SEQUENCE = 4096;
const SEQUENCE = new RegExp([
  '[\\u001b]\\[[0-?]{0,100}[ -/]{0,20}[@-~]',
  `[\\u001b][\\]PX^_][^\\u0007\\u001b\\u009c]{0,${LONGEST_SEQUENCE}}(?:\\u0007|\\u001b\\\\|\\u009c)`,
  '[\\u001b][ -/]{0,20}[0-~]',
  '\\u009b[0-?]{0,100}[ -/]{0,20}[@-~]',
].join('|'), 'g');
const UNFINISHED =
  /\r+$|[\u001b](?:\[[0-?]*[ -/]*|[\]PX^_][^\u0007\u001b\u009c]*[\u001b]?|[ -/]*)$|\u009b[0-?]*[ -/]*$/;
// tabs and line feeds stay
const HIDDEN = new RegExp(`[\\u0000-\\u0008\\u000b-\\u001f${UNSEEN}]`, 'gu');

/**
 * Makes plain text of what a program prints for a terminal: no colours, no movements, nothing that a reader does not
 * see. A carriage return ends a line, so that the steps of a progress bar are lines of their own.
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
