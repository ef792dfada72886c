import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<OpenedFiles>();

/** Collects which files one task opened behind the wall, however deep in a tool that happens. */
export class OpenedFiles {
  /** @internal called by the workspace for each file that it opens for a tool */
  public static note(path: string): void {
    current.getStore()?.add(path);
  }

  private readonly paths = new Set<string>();
  private further = 0;

  /** @param max files whose names are kept; further ones are counted */
  constructor(private readonly max: number) {}

  public async during<T>(task: () => Promise<T>): Promise<T> {
    return current.run(this, task);
  }

  /** Real paths, relative to the root, in the order of their opening. */
  public get names(): readonly string[] {
    return [...this.paths];
  }

  /** How many were opened beyond the ones that are named. */
  public get more(): number {
    return this.further;
  }

  private add(path: string): void {
    if (this.paths.size < this.max) {
      this.paths.add(path);
    } else if (!this.paths.has(path)) {
      this.further += 1;
    }
  }
}
