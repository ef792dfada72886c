import { z } from 'zod';
import { argumentProblem } from './arguments';
import { Tool } from '../tools/tool';

/** The decision on a call, before anything is opened or run. */
export type Judgement = Allowed | Denied;

export interface Allowed {
  readonly allowed: true;
  readonly tool: Tool;
  /** Checked, with the defaults of the tool filled in. */
  readonly args: Record<string, unknown>;
}

export interface Denied {
  readonly allowed: false;
  /** Which rule decided; for the audit and `explain`. */
  readonly rule: string;
  /** How the client sees it: an unknown tool, invalid arguments, or a denied call. */
  readonly kind: 'unknown-tool' | 'invalid-arguments' | 'not-allowed';
  /** For the client when the kind is `invalid-arguments`: it wrote them, so it may know what is wrong with them. */
  readonly detail?: string;
}

/** Who may call what: the manifest's tools, each for its clients, and nothing else. */
export class Policy {
  private readonly tools: ReadonlyMap<string, Tool>;

  constructor(tools: readonly Tool[]) {
    // a Map, so that `constructor` and `__proto__` are names like any other
    this.tools = new Map(
      [...tools].sort((a, b) => (a.spec.name < b.spec.name ? -1 : 1)).map((tool) => [tool.spec.name, tool]),
    );
  }

  /** In the order of their names. */
  public toolsFor(client: string): Tool[] {
    return [...this.tools.values()].filter((tool) => tool.spec.clients.includes(client));
  }

  /** Returns a tool, no matter which client may call it; undefined for a name that is not in the manifest. */
  public tool(name: string): Tool | undefined {
    return this.tools.get(name);
  }

  public judge(client: string, name: string, args: unknown): Judgement {
    const tool = this.tools.get(name);
    if (tool === undefined) {
      return { allowed: false, rule: 'unknown-tool', kind: 'unknown-tool' };
    }
    if (!tool.spec.clients.includes(client)) {
      return { allowed: false, rule: 'tool-not-for-client', kind: 'unknown-tool' };
    }
    const malformed = argumentProblem(args);
    if (malformed !== undefined) {
      return { allowed: false, rule: 'malformed-arguments', kind: 'invalid-arguments', detail: malformed };
    }
    const parsed = tool.input.safeParse(args ?? {});
    if (!parsed.success) {
      return { allowed: false, rule: 'invalid-arguments', kind: 'invalid-arguments', detail: issuesText(parsed.error) };
    }
    const decision = tool.decide(parsed.data);
    return decision.allowed
      ? { allowed: true, tool, args: parsed.data }
      : { allowed: false, rule: decision.rule, kind: 'not-allowed' };
  }
}

const MAX_ISSUES = 5;

function issuesText(error: z.ZodError): string {
  const issues = error.issues
    .slice(0, MAX_ISSUES)
    .map((issue) => `${issue.path.join('.') || 'arguments'}: ${issue.message}`);
  return issues.join('; ').slice(0, 500);
}
