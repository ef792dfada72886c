import { z } from 'zod';
import { ManifestFileTool } from '../../manifest/manifest';
import { PathPolicy } from '../../workspace';
import { ToolEnvironment } from '../environment';
import { CallContext, Decision, Denial, Tool, ToolResult } from '../tool';
import { Turns } from '../turns';

/** What an operation needs to do its work. */
export interface FileKit {
  readonly environment: ToolEnvironment;
  readonly paths: PathPolicy;
  readonly maxOutputBytes: number;
  readonly maxInputBytes: number | undefined;
  readonly maxEntries: number;
  readonly signal: AbortSignal;
  /** What the call works in. */
  readonly turns: Turns;
  /** For a decoder, which counts among those of the image tools. */
  readonly slot: CallContext['slot'];
}

/** One thing the file tool can do. */
export interface FileOperation<Input extends z.ZodObject> {
  readonly title: string;
  readonly description: string;
  /** Its `path` is judged by the policy; a folder operation takes the root when there is none. */
  readonly input: Input;
  readonly opens: 'file' | 'folder' | 'either';
  run(args: z.output<Input>, kit: FileKit): Promise<ToolResult>;
}

const DEFAULT_MAX_ENTRIES = 1000;

/** Makes a tool of an operation: the policy around it is the same for all. */
export function defineFileTool<Input extends z.ZodObject>(
  spec: ManifestFileTool, environment: ToolEnvironment, operation: FileOperation<Input>,
): Tool {
  const paths = PathPolicy.of(spec.paths);
  return {
    spec,
    description: spec.description ?? operation.description,
    input: operation.input,
    annotations: {
      title: operation.title,
      readOnlyHint: true,
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: false,
    },
    decide: (args) =>
      operation.input.safeParse(args).success
        ? decide(args.path ?? '', operation.opens, environment, paths)
        : { allowed: false, rule: 'arguments' },
    call: async (args, context: CallContext) =>
      operation.run(operation.input.parse(args), {
        environment,
        paths,
        maxOutputBytes: spec.limits.maxOutputBytes,
        maxInputBytes: spec.limits.maxInputBytes,
        maxEntries: spec.maxEntries ?? DEFAULT_MAX_ENTRIES,
        signal: context.signal,
        turns: new Turns(context.signal, spec.limits.timeoutMs),
        slot: context.slot,
      }),
  };
}

function decide(
  path: unknown,
  opens: 'file' | 'folder' | 'either',
  environment: ToolEnvironment,
  paths: PathPolicy,
): Decision {
  try {
    const { relative } = environment.workspace.parse(String(path));
    const allowed = paths.allows(relative) || (opens === 'file' ? relative === '' : paths.allowsFolder(relative));
    return allowed ? { allowed } : { allowed, rule: 'path.policy' };
  } catch (error) {
    if (error instanceof Denial) {
      return { allowed: false, rule: error.rule };
    }
    throw error;
  }
}
