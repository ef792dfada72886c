import { Node, ParseError, findNodeAtLocation, parseTree, printParseErrorCode } from 'jsonc-parser';
import { ManifestProblem, pathText } from './problem';

/** Knows where in the text each value of a JSON document stands. */
export class PositionedJson {
  /** What strict JSON does not allow, with its line; empty when the text may be parsed. */
  public readonly syntaxProblems: readonly string[];
  private readonly tree: Node | undefined;
  private readonly lineStarts: readonly number[];

  constructor(private readonly file: string, text: string) {
    this.lineStarts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
    const errors: ParseError[] = [];
    this.tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
    const syntax = errors.map(
      (error) => `${this.place(error.offset)}: not JSON: ${words(printParseErrorCode(error.error))}`,
    );
    this.syntaxProblems = [...syntax, ...(syntax.length === 0 ? this.repeatedKeys(this.tree, []) : [])];
  }

  /** One line for a problem: `manifest.json:12:5: tools[0].clients[1]: ...` */
  public describe(problem: ManifestProblem): string {
    let node: Node | undefined;
    for (let depth = problem.at.length; depth >= 0 && node === undefined; depth -= 1) {
      node = this.tree && findNodeAtLocation(this.tree, problem.at.slice(0, depth));
    }
    const key = problem.aboutKey ? node?.parent?.children?.[0] : undefined;
    return `${this.place((key ?? node)?.offset ?? 0)}: ${pathText(problem.at)}: ${problem.message}`;
  }

  /** Readers differ in which of two equal keys they take, so a policy may have none. */
  private repeatedKeys(node: Node | undefined, at: readonly (string | number)[]): string[] {
    const found: string[] = [];
    const seen = new Set<string>();
    for (const [index, child] of (node?.children ?? []).entries()) {
      if (node?.type === 'array') {
        found.push(...this.repeatedKeys(child, [...at, index]));
        continue;
      }
      const [key, value] = child.children ?? [];
      if (node?.type !== 'object' || key === undefined) {
        continue;
      }
      const name = String(key.value);
      if (seen.has(name)) {
        found.push(
          `${this.place(key.offset)}: ${pathText([...at, name])}: the key stands twice in the same object; remove one`,
        );
      }
      seen.add(name);
      found.push(...this.repeatedKeys(value, [...at, name]));
    }
    return found;
  }

  private place(offset: number): string {
    const line = this.lineStarts.findLastIndex((start) => start <= offset);
    return `${this.file}:${line + 1}:${offset - this.lineStarts[line]! + 1}`;
  }
}

/** `PropertyNameExpected` -> `property name expected` */
function words(code: string): string {
  return code.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}
