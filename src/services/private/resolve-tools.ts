import { ToolFacts } from '../../model/policy-table';
import { Tool, ToolSpec } from '../tool';

const TIMEOUT_MILLIS = 10_000;
const MAX_OUTPUT_BYTES = 256 * 1024;
const CALLS_PER_MINUTE = 60;

/** A tool of a policy with every default that is the same for all gateways. */
export interface ResolvedTool {
  readonly name: string;
  readonly spec: ToolSpec;
  readonly writes: boolean;
  /** Undefined leaves the gateway's own words. */
  readonly description?: string;
  /** Sorted. */
  readonly clients: readonly string[];
  /** Undefined allows everything. */
  readonly allow?: readonly string[];
  readonly deny?: readonly string[];
  readonly timeoutMillis: number;
  readonly maxOutputBytes: number;
  readonly callsPerMinute: number;
  readonly offered: boolean;
}

/** Resolves the tools of a policy, sorted by name: the manifest, the pages and the rules read the result. */
export function resolveTools(
  tools: readonly Tool[],
  clients: readonly string[],
  capabilities: readonly string[],
): ResolvedTool[] {
  const sorted = [...tools].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return sorted.map((tool): ResolvedTool => {
    const { timeout, maxOutput, callsPerMinute, ...options } = tool._options;
    return {
      name: tool.name,
      spec: tool._spec,
      writes: tool.writes,
      description: options.description,
      clients: [...(options.clients ?? clients)].sort(),
      allow: options.allow && [...options.allow],
      deny: options.deny && [...options.deny],
      timeoutMillis: timeout === undefined ? TIMEOUT_MILLIS : timeout.toSeconds() * 1000,
      maxOutputBytes: maxOutput?.toBytes() ?? MAX_OUTPUT_BYTES,
      callsPerMinute: callsPerMinute ?? CALLS_PER_MINUTE,
      offered: capabilities.includes(capabilityOf(tool)),
    };
  });
}

/** One line of the table of a policy. */
export function toolFacts({ spec, description: _, allow = [], deny = [], ...tool }: ResolvedTool): ToolFacts {
  return { ...tool, kind: spec.kind, action: describe(spec), allow, deny };
}

/** Returns the words in which a gateway says that it can do this. */
function capabilityOf(tool: Tool): string {
  const spec = tool._spec;
  switch (spec.kind) {
    case 'file':
    case 'image':
      return `${spec.kind}:${spec.operation}`;
    case 'command':
      return `command:${programOf(spec)}`;
    case 'other':
      return tool.name;
  }
}

function programOf(spec: ToolSpec & { kind: 'command' }): string {
  const first = spec.argv[0]?._spec;
  return first?.kind === 'literal' ? first.text : '';
}

function describe(spec: ToolSpec): string {
  switch (spec.kind) {
    case 'file':
    case 'image':
      return spec.operation;
    case 'command':
      return spec.argv
        .map(({ _spec: one }) => (one.kind === 'literal' ? one.text : `${one.prefix ?? ''}{${one.name}}`))
        .join(' ');
    case 'other':
      return '';
  }
}
