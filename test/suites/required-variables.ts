/**
 * A value for each variable without which Compose refuses to start: generated files take single secrets from the
 * environment of the command.
 */
export function requiredVariables(composeFile: string): Record<string, string> {
  const names = [...composeFile.matchAll(/\$\{([A-Za-z_]\w*):?\?/g)].map(([, name]) => name);
  return Object.fromEntries(names.map((name) => [name, 'any']));
}
