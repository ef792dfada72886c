import { ResolvedTool } from './resolve-tools';
import { clientProblems, manifestPartProblems, repeated } from './settings';
import { toolEntry } from './tool-manifest';
import type { DataTable } from '../../model/config-file';
import type { SettingProblem } from '../../model/service-facts';
import { expandBraces } from '../../util/glob';
import type { SchemaProblem } from '../../util/schema-problems';
import { MAX_GLOB } from '../../util/tool-grammar';
import { ArgumentSpec } from '../argument';
import { ToolClient } from '../tool-policy';

/** The inputs of a manifest that a model decides on. */
export interface ManifestParts {
  readonly clients: readonly ToolClient[];
  readonly tools: readonly ResolvedTool[];
}

/**
 * Returns the reasons for which the gateway would refuse a manifest at its start. The gateway's schema judges it; here
 * is what a schema cannot say. Problems that other rules report are left to them.
 */
export function manifestProblems(manifest: DataTable, { clients, tools }: ManifestParts): SettingProblem[] {
  const { name, http, concurrency } = manifest;
  const { allowedHosts } = http as { readonly allowedHosts: readonly string[] };
  const names = clients.map((client) => client.name);
  return [
    ...clientProblems(clients),
    ...manifestPartProblems('validateConcurrency', concurrency, 'Concurrency: '),
    // the service's own name is judged as such
    ...manifestPartProblems('validateHttp', http, 'HTTP: ', ({ at: [key, index] }) =>
      key === 'allowedHosts' && allowedHosts[Number(index)] === name),
    ...tools.filter(({ spec }) => spec.kind !== 'other').flatMap((tool) => toolProblems(tool, names)),
  ];
}

function toolProblems(tool: ResolvedTool, clients: readonly string[]): SettingProblem[] {
  const { spec } = tool;
  const owner = `Tool ${JSON.stringify(tool.name)}: `;
  const strangers = tool.clients.filter((client) => !clients.includes(client));
  return [
    ...manifestPartProblems('validateTool', toolEntry(tool), owner, (problem) => isReported(problem, tool)),
    ...[...new Set(strangers)].map((client) => ({
      message: `${owner}The gateway has no client ${JSON.stringify(client)}.`,
      fix: `Name one of ${clients.join(', ') || 'them'}, or add it to the gateway.`,
    })),
    ...[...new Set([...(tool.allow ?? []), ...(tool.deny ?? [])])].flatMap((glob) => globProblem(glob, owner)),
    ...(spec.kind === 'command'
      ? commandProblems(spec.argv.map((one) => one._spec), spec.gitHistory, owner)
      : []),
  ];
}

/**
 * Whether another problem says the same: rule policy-tool judges names, limits and globs of the tools of all gateways
 * and reports tools without clients; the names of clients are judged at the gateway, and each parameter where `argv`
 * names it.
 */
function isReported({ at: [key, ...rest] }: SchemaProblem, tool: ResolvedTool): boolean {
  return (
    key === 'name' ||
    (key === 'clients' && (rest.length === 1 || tool.clients.length === 0)) ||
    key === 'limits' ||
    (key === 'paths' && rest.length === 2) ||
    (key === 'parameters' && rest.length === 1)
  );
}

/** Leaves the workspace, is a negation or has an empty segment: it would look like a rule and never match. */
const NEVER = /^!|(?:^|\/)\.{1,2}(?:\/|$)|\/\//;
/** Backslashes and ranges, which the gateway does not know. */
const UNKNOWN = /\\|\{[^{},]*\.\.[^{},]*\}/;

function globProblem(glob: string, owner: string): SettingProblem[] {
  const named = `${owner}The glob ${JSON.stringify(glob)}`;
  // rule policy-tool reports it
  if ([...glob].length > MAX_GLOB) {
    return [];
  }
  if (NEVER.test(glob)) {
    return [
      {
        message: `${named} can never match.`,
        fix: 'Use globs relative to the workspace, without ".", "..", "//" and a leading "!".',
      },
    ];
  }
  const alternatives = alternativesOf(glob);
  if (alternatives === undefined) {
    return [{ message: `${named} has too many alternatives.`, fix: 'Use at most 256 of them.' }];
  }
  const isJoined = alternatives.length > 1 && alternatives.join('/').split('/').some((segment) =>
    segment.includes('**') && segment !== '**');
  return UNKNOWN.test(glob) || isJoined
    ? [
      {
        message: `${named} is not supported.`,
        fix: 'Use *, **, ? and {a,b}; ** is a segment of its own, and ranges are written out.',
      },
    ]
    : [];
}

function alternativesOf(glob: string): readonly string[] | undefined {
  try {
    return expandBraces(glob);
  } catch {
    return undefined;
  }
}

function commandProblems(argv: readonly ArgumentSpec[], gitHistory: boolean, owner: string): SettingProblem[] {
  const parameters = argv.flatMap((one) => (one.kind === 'hole' ? [one] : []));
  const [program] = argv;
  const isGit = program?.kind === 'literal' && program.text === 'git';
  return [
    ...(gitHistory && !isGit
      ? [{ message: `${owner}gitHistory is set, and the program is not git.`, fix: 'Remove gitHistory.' }]
      : []),
    ...repeated('parameter', parameters.map(({ name }) => name), 'Give each parameter a name of its own.').map(
      ({ message, fix }) => ({ message: `${owner}${message}`, fix }),
    ),
    ...parameters.flatMap(({ name, parameter }) =>
      parameter.type === 'integer'
        ? rangeProblems(`${owner}The parameter ${JSON.stringify(name)}`, parameter.minimum, parameter.maximum)
        : []),
  ];
}

/** Checks the order of the bounds, and that JSON keeps them. The schema reports other numbers. */
function rangeProblems(which: string, minimum: unknown, maximum: unknown): SettingProblem[] {
  const bounds = [minimum, maximum];
  const isRight = bounds.every(Number.isSafeInteger) && Number(minimum) <= Number(maximum);
  return isRight || !bounds.every(Number.isInteger)
    ? []
    : [
      {
        message: `${which} is from ${String(minimum)} to ${String(maximum)}.`,
        fix: 'Use whole numbers between -(2^53-1) and 2^53-1, the smaller one first.',
      },
    ];
}
