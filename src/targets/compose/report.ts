import { FidelityEntry } from '../../plan/fidelity';

type Told = Omit<FidelityEntry, 'target'>;

/** Collects what Compose cannot simply keep. */
export class Report {
  private readonly found: FidelityEntry[] = [];

  public tell(entry: Told): void {
    this.found.push({ target: 'compose', ...entry });
  }

  public get entries(): readonly FidelityEntry[] {
    return [...this.found];
  }
}
