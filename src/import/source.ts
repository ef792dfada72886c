import { ComposeNode, get, textOf } from './compose/node';
import { KeyPath, Ledger, Outcome, Use } from './ledger';

/** A value of the compose file that a translation reads, and accounts for in the ledger. */
export class Source {
  constructor(
    public readonly node: ComposeNode,
    public readonly path: KeyPath,
    private readonly ledger: Ledger,
    private readonly root?: Source,
  ) {
  }

  private get top(): Source {
    return this.root ?? this;
  }

  /** The value of a key, if this is a mapping that has it. */
  public get(key: string): Source | undefined {
    const below = get(this.node, key);
    return below === undefined ? undefined : new Source(below, [...this.path, key], this.ledger, this.top);
  }

  /** A value by its path from the top of the file. */
  public document(...path: readonly string[]): Source | undefined {
    return path.reduce<Source | undefined>((at, key) => at?.get(key), this.top);
  }

  /** Entries of a mapping; none of anything else. */
  public get entries(): [string, Source][] {
    return this.node.kind === 'map'
      ? [...this.node.entries].map(([key, one]) => [key, new Source(one, [...this.path, key], this.ledger, this.top)])
      : [];
  }

  /** Items of a list; none of anything else. */
  public get items(): Source[] {
    return this.node.kind === 'list'
      ? this.node.items.map((one, index) => new Source(one, [...this.path, index], this.ledger, this.top))
      : [];
  }

  /** Text of a scalar. */
  public get text(): string | undefined {
    return textOf(this.node);
  }

  /** The last step of the path. */
  public get key(): string {
    return String(this.path.at(-1));
  }

  /** File and line, as a reason names them. */
  public get place(): string {
    return `${this.node.location.file}:${this.node.location.line}`;
  }

  /** Accounts for this value and everything below it. */
  public use(how: string, outcome = Outcome.KEPT, fix?: string): void {
    this.ledger.use(this.path, { outcome, how, fix } satisfies Use);
  }
}
