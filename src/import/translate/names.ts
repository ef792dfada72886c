/** Words that cannot be the name of a constant, or that the program uses otherwise. */
const TAKEN = (
  'await break case catch class const continue debugger default delete do else enum export extends false finally for '
  + 'function if implements import in instanceof interface let new null package private protected public return '
  + 'static super switch this throw true try typeof var void while with yield arguments eval undefined NaN Infinity '
  + 'async of require module exports process console global globalThis'
).split(' ');

/** Gives each thing a constant of its own name. */
export class ConstantNames {
  private readonly taken = new Set(TAKEN);

  /**
   * @param wanted name of the thing in the compose file
   * @param kind added if something else has the name
   */
  public take(wanted: string, kind: string): string {
    const plain = camelCase(wanted, kind);
    const candidates = [plain, `${plain}${kind}`];
    for (let number = 2; ; number++) {
      const free = candidates.find((one) => !this.taken.has(one));
      if (free !== undefined) {
        this.taken.add(free);
        return free;
      }
      candidates.push(`${plain}${kind}${number}`);
    }
  }
}

function camelCase(text: string, kind: string): string {
  const words = text.slice(0, 60).split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const isShouting = !/[a-z]/.test(text);
  const cased = words.map((word, index) => {
    const rest = isShouting ? word.slice(1).toLowerCase() : word.slice(1);
    return (index === 0 ? word[0].toLowerCase() : word[0].toUpperCase()) + rest;
  });
  const joined = cased.join('');
  return /^[a-z]/.test(joined) ? joined : `${kind.toLowerCase()}${joined[0]?.toUpperCase() ?? ''}${joined.slice(1)}`;
}

/** Returns a text in the form of ids: lower-case letters, digits and dashes. */
export function idOf(text: string): string {
  const id = text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60).replace(/-+$/, '');
  return id === '' ? 'unnamed' : id;
}
