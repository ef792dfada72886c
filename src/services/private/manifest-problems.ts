import { clientProblems, repeated, textLike, wholeNumber } from './settings';
import type { SettingProblem } from '../../model/service-facts';
import { ArgumentSpec } from '../argument';
import { Tool } from '../tool';
import { ToolClient, ToolConcurrency } from '../tool-policy';

/** As `containers/mcp-gateway/schema/manifest.schema.json` has them. */
const HOST_NAME = /^[a-z0-9.\-[\]:]{1,255}$/;
const ORIGIN = /^https?:\/\/[a-z0-9.\-[\]:]{1,255}$/;
const PARAMETER_NAME = /^[a-z][a-z0-9_]{0,31}$/;
const LITERAL = /^[^\u0000-\u001f\u007f]{1,1024}$/;
const CHOICE = /^[^\u0000-\u001f\u007f\ud800-\udfff]{1,128}$/u;
const PREFIX = /^[^\u0000-\u001f\u007f]{1,256}$/;
const DESCRIPTION = { tool: 1000, parameter: 300 };
const MOST = {
  fileCalls: 256,
  commandCalls: 64,
  imageCalls: 64,
  waitingCalls: 1000,
  arguments: 64,
  parameters: 32,
  choices: 64,
  text: 4096,
};

/** What a manifest is made from, as far as nothing else judges it. */
export interface ManifestParts {
  readonly clients: readonly ToolClient[];
  readonly concurrency?: ToolConcurrency;
  readonly tools: readonly Tool[];
  readonly hostNames?: readonly string[];
  readonly allowedOrigins?: readonly string[];
}

/** What the gateway would refuse at its start. */
export function manifestProblems({
  clients,
  concurrency = {},
  tools,
  hostNames = [],
  allowedOrigins = [],
}: ManifestParts): SettingProblem[] {
  return [
    ...clientProblems(clients),
    ...(['fileCalls', 'commandCalls', 'imageCalls', 'waitingCalls'] as const).flatMap((kind) =>
      wholeNumber(`number of ${kind} of the concurrency`, concurrency[kind] ?? 1, MOST[kind]),
    ),
    ...hostNames.flatMap((name) =>
      textLike('name of a host', name, HOST_NAME, 'Use lower-case letters, digits, dots and dashes, without a scheme.'),
    ),
    ...allowedOrigins.flatMap((origin) =>
      textLike(
        'origin',
        origin,
        ORIGIN,
        'Use a scheme, a lower-case host and a port, for example "https://app.example.org", without a path.',
      ),
    ),
    ...tools.flatMap((tool) =>
      toolProblems(
        tool,
        clients.map(({ name }) => name),
      ),
    ),
  ];
}

function toolProblems({ name, _spec: spec, _options: options }: Tool, clients: readonly string[]): SettingProblem[] {
  const { description, allow = ['**'], deny = [] } = options;
  const called = `of the tool ${JSON.stringify(name)}`;
  const strangers = (options.clients ?? []).filter((client) => !clients.includes(client));
  return [
    ...(description === undefined ? [] : longText(`description ${called}`, description, 1, DESCRIPTION.tool)),
    ...strangers.map((client) => ({
      message: `The client ${JSON.stringify(client)} ${called} is none of the gateway's.`,
      fix: `Name one of ${clients.join(', ') || 'them'}, or add it to the gateway.`,
    })),
    ...repeated(`client ${called}`, options.clients ?? [], 'Name each once.'),
    ...(allow.length === 0
      ? [{ message: `Nothing is allowed ${called}.`, fix: 'Leave "allow" out for everything, or take the tool away.' }]
      : []),
    ...[...allow, ...deny].flatMap((glob) => globProblem(glob, called)),
    ...repeated(`allowed path ${called}`, allow, 'Name each once.'),
    ...repeated(`denied path ${called}`, deny, 'Name each once.'),
    ...(spec.kind === 'command'
      ? commandProblems(
        spec.argv.map((one) => one._spec),
        called,
        spec.gitHistory,
        description,
      )
      : []),
  ];
}

/** Leaves the workspace, is a negation or has an empty segment: a rule that only looks like one. */
const NEVER = /^!|(?:^|\/)\.{1,2}(?:\/|$)|\/\//;
/** Backslashes, ranges, and `**` joined to alternatives: the gateway does not start with them. */
const UNKNOWN = /\\|\{[^{},]*\.\.[^{},]*\}|^(?=.*\{).*(?:[^/{,]\*\*|\*\*[^/},])/s;

function globProblem(glob: string, called: string): SettingProblem[] {
  const named = `The glob ${JSON.stringify(glob)} ${called}`;
  if (NEVER.test(glob)) {
    return [
      {
        message: `${named} can never match.`,
        fix: 'Use globs relative to the workspace, without ".", "..", "//" and a leading "!".',
      },
    ];
  }
  return UNKNOWN.test(glob)
    ? [
      {
        message: `${named} is not one that the gateway knows.`,
        fix: 'Use *, **, ? and {a,b}; ** is a segment of its own, and ranges are written out.',
      },
    ]
    : [];
}

function commandProblems(
  argv: readonly ArgumentSpec[],
  called: string,
  gitHistory: boolean,
  description?: string,
): SettingProblem[] {
  const holes = argv.flatMap((one) => (one.kind === 'hole' ? [one] : []));
  const names = holes.map(({ name }) => name);
  const [program] = argv;
  const isGit = program?.kind === 'literal' && program.text === 'git';
  return [
    ...(description === undefined
      ? [
        {
          message: `There is no description ${called}.`,
          fix: 'Say what the command is for: the gateway has no words of its own for it.',
        },
      ]
      : []),
    ...(gitHistory && !isGit
      ? [
        {
          message: `The program ${called} is not git, and gitHistory is set.`,
          fix: 'Leave gitHistory out: it is for git alone.',
        },
      ]
      : []),
    ...wholeNumber(`number of arguments ${called}`, argv.length, MOST.arguments),
    ...(names.length === 0 ? [] : wholeNumber(`number of parameters ${called}`, new Set(names).size, MOST.parameters)),
    ...repeated(`parameter ${called}`, names, 'Give each a name of its own.'),
    ...argv.flatMap((one) =>
      one.kind === 'literal'
        ? textLike(`argument ${called}`, one.text, LITERAL, 'Use 1 to 1024 characters, without line breaks.')
        : holeProblems(one, called),
    ),
  ];
}

function holeProblems({ name, prefix, parameter }: ArgumentSpec & { kind: 'hole' }, called: string): SettingProblem[] {
  const which = `parameter ${JSON.stringify(name)} ${called}`;
  const { type, minimum, maximum, values, maxLength, description } = parameter;
  return [
    ...textLike(
      `name of a parameter ${called}`,
      name,
      PARAMETER_NAME,
      'Use lower-case letters, digits and underscores, beginning with a letter, at most 32 characters.',
    ),
    ...(prefix === undefined
      ? []
      : textLike(`prefix of the ${which}`, prefix, PREFIX, 'Use 1 to 256 characters, without line breaks.')),
    ...(description === undefined
      ? []
      : longText(`description of the ${which}`, description as string, 0, DESCRIPTION.parameter)),
    ...(type === 'integer' ? rangeProblems(which, minimum as number, maximum as number) : []),
    ...(type === 'text' ? wholeNumber(`most characters of the ${which}`, maxLength as number, MOST.text) : []),
    ...(type === 'choice' ? choiceProblems(which, values as string[]) : []),
  ];
}

function rangeProblems(which: string, minimum: number, maximum: number): SettingProblem[] {
  return [minimum, maximum].every(Number.isSafeInteger) && minimum <= maximum
    ? []
    : [
      {
        message: `The ${which} is from ${String(minimum)} to ${String(maximum)}.`,
        fix: 'Use whole numbers, the smaller one first.',
      },
    ];
}

function choiceProblems(which: string, values: readonly string[]): SettingProblem[] {
  return [
    ...wholeNumber(`number of values of the ${which}`, values.length, MOST.choices),
    ...values.flatMap((value) =>
      textLike(
        `value of the ${which}`,
        value,
        CHOICE,
        'Use 1 to 128 characters, without line breaks and what no reader sees.',
      ),
    ),
    ...repeated(`value of the ${which}`, values, 'Name each once.'),
  ];
}

function longText(what: string, text: string, least: number, most: number): SettingProblem[] {
  // as the gateway's schema counts
  const length = [...text].length;
  return length >= least && length <= most
    ? []
    : [{ message: `The ${what} has ${length} characters.`, fix: `Use ${least} to ${most}.` }];
}
