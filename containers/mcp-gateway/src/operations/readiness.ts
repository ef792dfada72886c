import { z } from 'zod';

/** The parts a gateway stands on. */
export const PARTS = ['manifest', 'workspace', 'tools', 'audit'] as const;
export type Part = typeof PARTS[number];

/** `degraded` parts work and need the operator's attention: the gateway stays in service. */
export type PartState = 'ok' | 'degraded' | 'failing';

/** Identifies the gateway, so that a health check does not accept another program at its address. */
const SERVICE = 'mcp-gateway';

const state = z.enum(['ok', 'degraded', 'failing']);
const document = z.strictObject({
  service: z.literal(SERVICE),
  ready: z.boolean(),
  parts: z.strictObject({ manifest: state, workspace: state, tools: state, audit: state } satisfies Record<
    Part,
    typeof state
  >),
});

/** What `/readyz` answers. */
export type ReadinessReport = z.infer<typeof document>;

/** Reads an answer of `/readyz`. @returns undefined for one that no gateway gives */
export function parseReadiness(status: number, body: string): ReadinessReport | undefined {
  try {
    const { success, data } = document.safeParse(JSON.parse(body));
    return success && status === readinessStatus(data) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** The HTTP status of a report. */
export function readinessStatus({ ready }: ReadinessReport): 200 | 503 {
  return ready ? 200 : 503;
}

/** Whether calls would be carried out now. Names the part that fails, and neither paths nor tools nor versions. */
export class Readiness {
  private draining = false;

  /** @param checks what can stop working while the gateway runs; a part without one works once it has started */
  constructor(private readonly checks: Partial<Record<Part, () => PartState | Promise<PartState>>>) {}

  /** The gateway is shutting down: send it no more. */
  public drain(): void {
    this.draining = true;
  }

  public async report(): Promise<ReadinessReport> {
    const states = await Promise.all(PARTS.map(async (part): Promise<[Part, PartState]> => (
      [part, await Promise.resolve(this.checks[part]?.() ?? 'ok').catch((): PartState => 'failing')])));
    return {
      service: SERVICE,
      ready: !this.draining && states.every(([, each]) => each !== 'failing'),
      parts: Object.fromEntries(states) as ReadinessReport['parts'],
    };
  }
}
