import { Manifest, ManifestArgument, ManifestCommandTool, ManifestParameter } from './manifest';
import { didYouMean, list } from './nearest';
import { ManifestProblem } from './problem';

/** Checks that a command's template, its parameters and its permissions agree. */
export function checkCommand(
  tool: ManifestCommandTool,
  access: Manifest['workspace']['access'],
  at: readonly (string | number)[],
): ManifestProblem[] {
  const problems: ManifestProblem[] = [];
  const add = (keys: readonly (string | number)[], message: string) => problems.push({ at: [...at, ...keys], message });
  const parameters = Object.entries(tool.parameters ?? {});
  const declared = parameters.map(([name]) => name);
  const [program] = tool.argv;

  if (typeof program !== 'string') {
    add(['argv', 0], 'the program must be a literal name, not a parameter: callers must not choose the program');
  } else if (program.includes('/')) {
    add(['argv', 0], `"${program}" is a path; give the name of one of the gateway's programs, such as "git"`);
  }
  for (const [index, name] of namedParameters(tool.argv)) {
    if (!declared.includes(name)) {
      add(
        ['argv', index, 'parameter'],
        `there is no parameter "${name}".${didYouMean(name, declared)} Declared: ${list(declared)}`,
      );
    }
  }
  const used = new Set(namedParameters(tool.argv).map(([, name]) => name));
  for (const [name, parameter] of parameters) {
    if (!used.has(name)) {
      add(['parameters', name], 'no argument of argv uses this parameter; use it as { "parameter": ... } or remove it');
    }
    const message = parameterProblem(parameter);
    if (message !== undefined) {
      add(['parameters', name], message);
    }
    if (parameter.type === 'path' && tool.paths === undefined) {
      add(['parameters', name], 'a parameter of type path requires "paths" on the tool: the files that it may name');
    }
  }
  if (tool.gitHistory === true && program !== 'git') {
    add(['gitHistory'], 'is for git alone; remove it or make git the program');
  }
  if (tool.writes === true && access === 'read-only') {
    add(
      ['writes'],
      'the workspace is read-only, so a tool that writes could never work; give workspace.access "read-write" or ' +
      'remove the tool',
    );
  }
  if (
    tool.workingDirectory !== undefined &&
    (/[*?{}[\]!()]/.test(tool.workingDirectory) || tool.workingDirectory.split('/').includes('..'))
  ) {
    add(
      ['workingDirectory'],
      `"${tool.workingDirectory}" must be one folder below the workspace root, without patterns and without ".."`,
    );
  }
  return problems;
}

function namedParameters(argv: readonly ManifestArgument[]): [number, string][] {
  return argv.flatMap((argument, index): [number, string][] =>
    typeof argument === 'string' ? [] : [[index, argument.parameter]],
  );
}

function parameterProblem(parameter: ManifestParameter): string | undefined {
  if (parameter.type === 'integer') {
    const { minimum, maximum, default: given } = parameter;
    if (minimum > maximum) {
      return `minimum ${minimum} is above maximum ${maximum}, so no value is allowed; exchange them`;
    }
    if (![minimum, maximum].every(Number.isSafeInteger)) {
      return 'minimum and maximum must be whole numbers between -(2^53-1) and 2^53-1';
    }
    return given === undefined || (given >= minimum && given <= maximum)
      ? undefined
      : `the default ${given} is not between ${minimum} and ${maximum}`;
  }
  if (parameter.default === undefined) {
    return undefined;
  }
  if (parameter.type === 'choice' && !parameter.values.includes(parameter.default)) {
    return `the default "${parameter.default}" is not one of ` +
      `${list(parameter.values)}.${didYouMean(parameter.default, parameter.values)}`;
  }
  if (parameter.type === 'text' && parameter.default.length > parameter.maxLength) {
    return `the default is ${parameter.default.length} characters long and maxLength is ${parameter.maxLength}`;
  }
  return undefined;
}
