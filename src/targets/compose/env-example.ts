import { PARAMETER_FILE } from '../../plan/parameters';
import { EnvFilePlan, ParameterPlan, Plan } from '../../plan/plan';
import { provenanceSentence } from '../../plan/provenance';
import { COMPOSE_FOLDER } from '../layout';
import { origin } from '../origin';
import { ofSecret } from '../service-origins';
import { hashComment, TargetFile } from '../target-file';

const HOW_TO = `Copy this file to the project's folder under its name without ".example" and fill in the values there; \
never commit that file.
Write values without quotes, spaces, #, $ and backslashes: then Compose and Kubernetes read the same.`;

/** The env files for people to copy: keys with empty values, and parameters with their defaults, commented out. */
export function envExamples(plan: Plan): TargetFile[] {
  const parameters = plan.parameters.map((one) => parameterPart(one));
  const isThere = parameters.length === 0 || plan.envFiles.some(({ file }) => file === PARAMETER_FILE);
  const files = plan.envFiles.map((file) => ({ file: file.file, keys: secretParts(plan, file) }));
  const header = `${hashComment(provenanceSentence(plan))}\n${hashComment(HOW_TO)}\n`;
  return [...files, ...(isThere ? [] : [{ file: PARAMETER_FILE, keys: [] }])].map(({ file, keys }) => ({
    path: `${COMPOSE_FOLDER}/${file}.example`,
    header,
    parts: [...keys, ...(file === PARAMETER_FILE ? parameters : [])],
  }));
}

function secretParts(plan: Plan, { name: envFile, path, keys }: EnvFilePlan): TargetFile['parts'] {
  return keys.map(({ name, description }) => ({
    kind: 'text' as const,
    text: `\n${hashComment(description || 'No description.')}\n${keyName(path, name)}=\n`,
    path: [name],
    origin: () => ofSecret(plan, { envFile, key: name }),
  }));
}

/** A parameter without a default must be set: its line is no comment. */
function parameterPart({ path, name, description, default: value }: ParameterPlan): TargetFile['parts'][number] {
  const key = keyName(path, name);
  const line = value === undefined ? `${key}=` : `# ${key}=${quoted(value)}`;
  return {
    kind: 'text' as const,
    text: `\n${hashComment(description || 'No description.')}\n${line}\n`,
    path: [name],
    origin: () => origin([path], ['parameter']),
  };
}

/** Compose reads text in single quotes as it stands. */
function quoted(value: string): string {
  return /^[\w./:@%+,-]*$/.test(value) || value.includes("'") ? value : `'${value}'`;
}

/** Compose would read `export A`, `A-B` or a line feed as something else. */
function keyName(path: string, name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    throw new Error(
      `${path}: ${JSON.stringify(name)} cannot be a key of an env file. Use letters, digits and `
        + 'underscores, and no digit first.',
    );
  }
  return name;
}
