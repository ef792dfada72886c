import { CheckProgress } from '../../verify/verification';
import { Terminal } from '../terminal';

const REDRAW_MS = 200;
const COLUMNS = 80;

/** Shows running checks. Results are printed through it, so that they do not mix with redrawn lines. */
export interface Progress extends CheckProgress {
  /** Prints permanent output. */
  print(write: () => void): void;
  close(): void;
}

/**
 * Returns redrawn lines for a terminal, one line per started check for files and pipes, nothing if quiet.
 */
export function progressOn(terminal: Terminal, quiet: boolean): Progress {
  if (quiet) { return SILENT; }
  return terminal.errIsScreen ? new Screen(terminal) : lines(terminal);
}

const SILENT: Progress = { begin() {}, end() {}, print: (write) => write(), close() {} };

function lines(terminal: Terminal): Progress {
  return { ...SILENT, begin: (check) => terminal.err(`running  ${check}\n`) };
}

/** Redraws one line with elapsed seconds per running check. */
class Screen implements Progress {
  private readonly running = new Map<string, number>();
  private readonly timer = setInterval(() => this.print(() => {}), REDRAW_MS).unref();
  private drawn = 0;

  constructor(private readonly terminal: Terminal) {
  }

  public begin(check: string): void {
    this.running.set(check, Date.now());
    this.print(() => {});
  }

  public end(check: string): void {
    this.running.delete(check);
    this.print(() => {});
  }

  public print(write: () => void): void {
    this.clear();
    write();
    const shown = [...this.running].map(([check, begin]) =>
      `running  ${check}  ${Math.floor((Date.now() - begin) / 1000)} s`.slice(0, this.width()),
    );
    this.terminal.err(shown.map((line) => `${line}\n`).join(''));
    this.drawn = shown.length;
  }

  public close(): void {
    clearInterval(this.timer);
    this.clear();
  }

  /** Returns the width of the terminal: wrapped lines could not be erased. */
  private width(): number {
    // some terminals report 0
    return (process.stderr.columns || COLUMNS) - 1;
  }

  private clear(): void {
    if (this.drawn > 0) { this.terminal.err(`\u001b[${this.drawn}A\u001b[J`); }
    this.drawn = 0;
  }
}
