/** The parts a gateway stands on. */
export const PARTS = ['manifest', 'workspace', 'tools', 'audit'] as const;
export type Part = typeof PARTS[number];

export interface ReadinessReport {
  readonly ready: boolean;
  readonly parts: Readonly<Record<Part, 'ok' | 'failing'>>;
}

/** Whether calls would be carried out now. Says which part fails, and neither paths nor names nor versions. */
export class Readiness {
  private draining = false;

  /** @param checks what can stop working while the gateway runs; a part without one works once it has started */
  public constructor(private readonly checks: Partial<Record<Part, () => boolean | Promise<boolean>>>) {}

  /** The gateway is shutting down: send it no more. */
  public drain(): void {
    this.draining = true;
  }

  public async report(): Promise<ReadinessReport> {
    const states = await Promise.all(PARTS.map(async (part): Promise<[Part, 'ok' | 'failing']> => {
      const works = await Promise.resolve(this.checks[part]?.() ?? true).catch(() => false);
      return [part, works ? 'ok' : 'failing'];
    }));
    return { ready: !this.draining && states.every(([, state]) => state === 'ok'), parts: Object.fromEntries(states) as ReadinessReport['parts'] };
  }
}
