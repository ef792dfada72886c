import { Environment } from '../compose/interpolate';

const HEADER = `# Values of the model's secrets and parameters on this machine. Never commit this file.
`;
const EXAMPLE_HEADER = `# Copy this file to .env.local and fill in the values. Never commit that file.
`;

/** The file that holds the values of secrets and parameters. */
export function envFileText(values: Environment): string {
  return HEADER + [...values].map(([key, value]) => `${key}=${quoted(value)}\n`).join('');
}

/** The same keys without values, to be committed. */
export function envExampleText(keys: Iterable<string>, parameters: ReadonlyMap<string, string>): string {
  const lines = [...keys].map((key) => `${key}=\n`);
  const commented = [...parameters]
    .filter(([, value]) => !/[\r\n]/.test(value))
    .map(([key, value]) => `# ${key}=${quoted(value)}\n`);
  return [EXAMPLE_HEADER, ...lines, ...commented].join('');
}

/** Single quotes keep everything but themselves; in double quotes Compose replaces variables. */
function quoted(value: string): string {
  if (/^[\w./:@%+,=-]*$/.test(value)) {
    return value;
  }
  return /['\r\n]/.test(value)
    ? `"${value.replace(/[\\"$]/g, (char) => `\\${char}`).replaceAll('\r', '\\r').replaceAll('\n', '\\n')}"`
    : `'${value}'`;
}
