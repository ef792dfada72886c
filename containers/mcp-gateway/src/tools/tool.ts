import { z } from 'zod';
import { ManifestTool } from '../manifest/manifest';

/** What a tool gives back: MCP content, already within the tool's output limit. */
export interface ToolResult {
  readonly content: readonly ToolContent[];
  /** The call was allowed and ran, and what it ran ended badly (a command's exit code, a broken file). */
  readonly isError?: boolean;
  /** The output was longer than the limit and was cut, with a mark. */
  readonly truncated?: boolean;
}

export type ToolContent =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image'; readonly data: string; readonly mimeType: string };

/** A tool of the manifest, made ready to be called. Built once at start; throws there when it cannot be offered. */
export interface Tool {
  readonly spec: ManifestTool;
  readonly description: string;
  /** A strict object: an argument that is not declared is refused. */
  readonly input: z.ZodObject;
  readonly annotations: ToolAnnotations;
  /**
   * Whether these arguments are within the tool's policy, without touching the disk: globs on the text of a path,
   * ranges, character sets. What can only be judged on the opened file is judged by `call`.
   */
  decide(args: Record<string, unknown>): Decision;
  /** @throws Denial when only the opened file shows that the call is not allowed */
  call(args: Record<string, unknown>, context: CallContext): Promise<ToolResult>;
}

/** Hints for the client's user, in the words of MCP. */
export interface ToolAnnotations {
  readonly title?: string;
  readonly readOnlyHint: boolean;
  readonly destructiveHint?: boolean;
  readonly idempotentHint?: boolean;
  readonly openWorldHint: boolean;
}

export interface CallContext {
  /** Fires at the tool's time limit, when the client cancels and at shutdown. */
  readonly signal: AbortSignal;
  /**
   * Waits for a slot of another kind of tool, for a call that turns out to need what such tools use. The caller
   * releases it.
   * @throws an error for the server when the call cannot have it
   */
  slot(kind: ManifestTool['kind']): Promise<() => void>;
}

export type Decision = { readonly allowed: true } | { readonly allowed: false; readonly rule: string };

/**
 * A call that policy does not allow. The client sees one and the same message for every denial, so that it cannot learn
 * what exists; the rule goes to the audit alone.
 */
export class Denial extends Error {
  constructor(public readonly rule: string) {
    super('not allowed by the tool policy');
    this.name = 'Denial';
  }
}

/**
 * The call was allowed and could not be carried out; the message is for the client and names nothing outside the
 * workspace.
 */
export class ToolFailure extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ToolFailure';
  }
}
