import { AuditEvent, CountedEvent } from './record';

const PERIOD_MS = 10_000;
/** Kinds counted separately within a period. Further ones are counted together. */
const MAX_KINDS = 256;

/** Counts what an outsider can cause at will, so that a flood of it becomes a few records. */
export class EventCounter {
  private readonly kinds = new Map<string, { event: CountedEvent; more: number }>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly append: (event: AuditEvent) => Promise<void>) {}

  public add(event: CountedEvent): void {
    const known = this.kinds.get(keyOf(event));
    if (known !== undefined) {
      known.more += event.count ?? 1;
      return;
    }
    if (this.kinds.size >= MAX_KINDS) {
      this.addNameless(event);
      return;
    }
    this.kinds.set(keyOf(event), { event, more: 0 });
    this.timer ??= setTimeout(() => void this.flush(), PERIOD_MS).unref();
    void this.put(event);
  }

  public async close(): Promise<void> {
    await this.flush();
  }

  private addNameless(event: CountedEvent): void {
    const nameless = withoutOrigin(event);
    const known = this.kinds.get(keyOf(nameless));
    if (known === undefined) {
      this.kinds.set(keyOf(nameless), { event: nameless, more: event.count ?? 1 });
    } else {
      known.more += event.count ?? 1;
    }
  }

  private async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const counted = [...this.kinds.values()].filter((kind) => kind.more > 0);
    this.kinds.clear();
    await Promise.all(counted.map(async ({ event, more }) => this.put({ ...withoutRequest(event), count: more })));
  }

  private async put(event: CountedEvent): Promise<void> {
    try {
      await this.append(event);
    } catch {
      // The log counts it as refused and reports it in its health; no call waits for a counted record.
    }
  }
}

function keyOf(event: CountedEvent): string {
  switch (event.type) {
    case 'auth':
      return JSON.stringify([event.type, event.rule, event.remote]);
    case 'input':
      return JSON.stringify([event.type, event.rule, event.transport, event.client]);
    case 'message':
      return JSON.stringify([event.type, event.client, event.method, event.outcome, event.rule, event.transport]);
    case 'call':
      return JSON.stringify([
        event.type,
        event.client,
        event.tool,
        event.outcome,
        event.rule,
        event.transport,
        event.policyDigest,
      ]);
  }
}

/** A record that counts several requests names none of them. */
function withoutRequest(event: CountedEvent): CountedEvent {
  return { ...event, request: undefined, session: undefined } as CountedEvent;
}

/** Without what the other side may choose freely, such as an address. */
function withoutOrigin(event: CountedEvent): CountedEvent {
  switch (event.type) {
    case 'auth':
      return { type: event.type, outcome: event.outcome, rule: event.rule, remote: 'others' };
    case 'input':
      return { ...event, client: 'others' };
    case 'message':
      return event;
    case 'call':
      return { ...event, tool: 'others' };
  }
}
