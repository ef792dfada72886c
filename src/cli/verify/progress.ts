import { CheckProgress } from '../../verify/verification';
import { Terminal } from '../terminal';

const REDRAW_MS = 200;
const COLUMNS = 80;

/** Shows which checks run. Results are printed through it, so that they do not mix with the lines it redraws. */
export interface Progress extends CheckProgress {
  /** Prints something that stays. */
  print(write: () => void): void;
  close(): void;
}

/**
 * For a screen lines that are written again, for files and pipes a line for each beginning, for those who want it quiet
 * nothing.
 */
export function progressOn(terminal: Terminal, quiet: boolean): Progress {
  if (quiet) { return SILENT; }
  return terminal.errIsScreen ? new Screen(terminal) : lines(terminal);
}

const SILENT: Progress = { begin() {}, end() {}, print: (write) => write(), close() {} };

function lines(terminal: Terminal): Progress {
  return { ...SILENT, begin: (check) => terminal.err(`running  ${check}\n`) };
}

/** One line for each check that runs, with its time. */
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

  /** A line that is broken into two could not be taken back. */
  private width(): number {
    // some terminals do not know, and say 0
    return (process.stderr.columns || COLUMNS) - 1;
  }

  private clear(): void {
    if (this.drawn > 0) { this.terminal.err(`\u001b[${this.drawn}A\u001b[J`); }
    this.drawn = 0;
  }
}
