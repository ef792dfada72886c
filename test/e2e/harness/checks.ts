/** Runs checks one after the other, names each in the log, and counts. */
export class Checks {
  private passed = 0;
  private readonly failures: string[] = [];
  private readonly begin = Date.now();

  /** @param only titles are run that contain it; all without */
  constructor(private readonly only?: string) {}

  public section(title: string): void {
    console.log(`\n== ${title}`);
  }

  public note(text: string): void {
    console.log(text.replace(/^/gm, '   '));
  }

  /** A check; when it fails the others go on. */
  public async check(title: string, body: () => Promise<void>): Promise<void> {
    if (this.only === undefined || title.includes(this.only)) {
      await this.attempt(title, body);
    }
  }

  /** What others stand on: a failure ends the run, and it is always run. */
  public async need(title: string, body: () => Promise<void>): Promise<void> {
    if (!await this.attempt(title, body)) {
      throw new Error(`Without this nothing else can be seen: ${title}`);
    }
  }

  /** Something between the checks went wrong, so that not all of them were made. */
  public broke(error: unknown): void {
    this.failures.push('the run went to its end');
    this.note(error instanceof Error ? error.message : String(error));
  }

  /** @returns the exit code */
  public finish(): number {
    console.log(`\n${seconds(this.begin)} seconds\n${this.passed} passed, ${this.failures.length} failed`);
    this.failures.forEach((title) => console.log(`  failed: ${title}`));
    return this.failures.length === 0 && this.passed > 0 ? 0 : 1;
  }

  private async attempt(title: string, body: () => Promise<void>): Promise<boolean> {
    const begin = Date.now();
    try {
      await body();
      this.passed += 1;
      console.log(`ok   ${title} (${seconds(begin)} s)`);
      return true;
    } catch (error) {
      this.failures.push(title);
      console.log(`FAIL ${title} (${seconds(begin)} s)`);
      this.note(error instanceof Error ? error.message : String(error));
      return false;
    }
  }
}

function seconds(since: number): string {
  return ((Date.now() - since) / 1000).toFixed(1);
}
