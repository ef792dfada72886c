import { checkCommand } from './check-command';
import { Manifest, ManifestPaths } from './manifest';
import { didYouMean, list } from './nearest';
import { ManifestProblem } from './problem';
import { expandBraces } from '../workspace/glob';

/** Checks what a schema cannot: names that must agree, and rules that could never match. */
export function semanticProblems(manifest: Manifest): ManifestProblem[] {
  return [
    ...repeated(
      manifest.clients.map(({ name }) => name),
      (index) => ['clients', index, 'name'],
      'client',
    ),
    ...repeated(
      manifest.clients.map(({ tokenEnv }) => tokenEnv),
      (index) => ['clients', index, 'tokenEnv'],
      'token; each client needs one of its own:',
    ),
    ...repeated(
      manifest.tools.map(({ name }) => name),
      (index) => ['tools', index, 'name'],
      'tool',
    ),
    ...unknownClients(manifest),
    ...pathTaken(manifest),
    ...manifest.tools.flatMap((tool, index) => [
      ...(tool.paths === undefined ? [] : pathProblems(tool.paths, ['tools', index, 'paths'])),
      ...(tool.kind === 'command' ? checkCommand(tool, manifest.workspace.access, ['tools', index]) : []),
    ]),
  ];
}

function repeated(
  names: readonly string[],
  at: (index: number) => (string | number)[],
  what: string,
): ManifestProblem[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [{ at: at(index), message: `there is already a ${what} "${name}"; give this one another name or remove it` }],
  );
}

function unknownClients(manifest: Manifest): ManifestProblem[] {
  const known = manifest.clients.map(({ name }) => name);
  return manifest.tools.flatMap((tool, toolIndex) =>
    tool.clients.flatMap((client, index) =>
      known.includes(client)
        ? []
        : [
          {
            at: ['tools', toolIndex, 'clients', index],
            message: `there is no client "${client}".${didYouMean(client, known)} Clients: ${list(known)}`,
          },
        ],
    ),
  );
}

const OWN_PATHS = ['/healthz', '/readyz', '/metrics'];

function pathTaken({ http: { path } }: Manifest): ManifestProblem[] {
  return path === undefined || !OWN_PATHS.includes(path)
    ? []
    : [
      {
        at: ['http', 'path'],
        message: `"${path}" is the gateway's own; choose a path other than ${list(OWN_PATHS)}`,
      },
    ];
}

/** A pattern that can never match would look like a rule and be none. */
function pathProblems(paths: ManifestPaths, at: readonly (string | number)[]): ManifestProblem[] {
  return (['allow', 'deny'] as const).flatMap((side) => (paths[side] ?? []).flatMap((glob, index) => {
    const message = globProblem(glob);
    return message === undefined ? [] : [{ at: [...at, side, index], message }];
  }));
}

function globProblem(glob: string): string | undefined {
  if (glob.startsWith('!')) {
    return `"${glob}" is a negation, which is not allowed; put what it excludes into "deny"`;
  }
  if (glob.split('/').some((segment) => segment === '..' || segment === '.')) {
    return `"${glob}" holds a "." or ".." segment and could never match; patterns are relative to the workspace root`;
  }
  if (glob.includes('//')) {
    return `"${glob}" holds an empty segment and could never match; write one slash`;
  }
  if (glob.includes('\\')) {
    return `"${glob}" holds a backslash, which no path may hold and which takes no meaning from a wildcard; use ? ` +
      'for a character that is one';
  }
  if (/\{[^{},]*\.\.[^{},]*\}/.test(glob)) {
    return `"${glob}" holds a range, which patterns do not have; write the alternatives out, such as {1,2,3}`;
  }
  return alternativesProblem(glob);
}

function alternativesProblem(glob: string): string | undefined {
  let alternatives: readonly string[];
  try {
    alternatives = expandBraces(glob);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (
    alternatives.length > 1 &&
    alternatives.some((each) => each.split('/').some((segment) => segment.includes('**') && segment !== '**'))
  ) {
    return `"${glob}" joins ** to alternatives, and ** is a segment of its own; write a slash between, or *`;
  }
  return undefined;
}
