/** Runs checks one after the other, names each in the log, and counts. */
export class Checks {
  private passed = 0;
  private readonly failures: string[] = [];
  private readonly begin = Date.now();
  private readonly unmatched: Set<string>;
  private group = '';

  /**
   * @param only the groups to run; `GROUP/TEXT` runs the checks of a group whose title contains the text
   * @default - all
   */
  constructor(private readonly only: readonly string[] = []) {
    this.unmatched = new Set(only);
  }

  /** Runs what every group needs. */
  public async setUp(title: string, body: () => Promise<void>): Promise<void> {
    console.log(`\n== ${title}`);
    await body();
  }

  /** Runs a group of checks when it is selected. */
  public async section(group: string, title: string, body: () => Promise<void>): Promise<void> {
    if (this.only.length === 0 || this.only.some((one) => groupOf(one) === group)) {
      this.group = group;
      console.log(`\n== ${group}: ${title}`);
      await body();
    }
  }

  public note(text: string): void {
    console.log(text.replace(/^/gm, '   '));
  }

  /** A check; when it fails the others go on. */
  public async check(title: string, body: () => Promise<void>): Promise<void> {
    const matching = this.only.filter(
      (one) => groupOf(one) === this.group && (one === this.group || title.includes(textOf(one))),
    );
    matching.forEach((one) => this.unmatched.delete(one));
    if (this.only.length === 0 || matching.length > 0) {
      await this.attempt(title, body);
    }
  }

  /** A check that others depend on: a failure ends the run, and it runs whenever its group does. */
  public async need(title: string, body: () => Promise<void>): Promise<void> {
    this.only.filter((one) => one === this.group).forEach((one) => this.unmatched.delete(one));
    if (!await this.attempt(title, body)) {
      throw new Error(`The run ends here: later checks depend on "${title}".`);
    }
  }

  /** Records an error between the checks: not all of them were run. */
  public broke(error: unknown): void {
    this.failures.push('the run went to its end');
    this.note(error instanceof Error ? error.message : String(error));
  }

  /** Prints the result. Returns the exit code. */
  public finish(): number {
    this.failures.push(...[...this.unmatched].map((one) => `no check is called ${one}`));
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
      this.note((error instanceof Error ? error.message : String(error)).slice(0, 8000));
      return false;
    }
  }
}

function groupOf(selection: string): string {
  return selection.split('/')[0]!;
}

function textOf(selection: string): string {
  return selection.slice(groupOf(selection).length + 1);
}

function seconds(since: number): string {
  return ((Date.now() - since) / 1000).toFixed(1);
}
