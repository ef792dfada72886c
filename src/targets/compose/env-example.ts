import { EnvFilePlan, Plan } from '../../plan/plan';
import { provenanceSentence } from '../../plan/provenance';
import { hashComment } from '../hash-comment';
import { COMPOSE_FOLDER } from '../layout';
import { ofSecret } from '../service-origins';
import { TargetFile } from '../target-file';

const HOW_TO = `Copy this file to the project's folder under its name without ".example" and fill in the values there; \
never commit that file.
Write values without quotes, spaces, #, $ and backslashes: then Compose and Kubernetes read the same.`;

/** The keys of an env file with empty values, for people to copy. */
export function envExample(plan: Plan, file: EnvFilePlan): TargetFile {
  const parts = file.keys.map(({ name, description }) => ({
    kind: 'text' as const,
    text: `\n${hashComment(description || 'No description.')}\n${keyName(file, name)}=\n`,
    path: [name],
    origin: () => ofSecret(plan, { envFile: file.name, key: name }),
  }));
  const header = `${hashComment(provenanceSentence(plan))}\n${hashComment(HOW_TO)}\n`;
  return { path: `${COMPOSE_FOLDER}/${file.file}.example`, header, parts };
}

/** Compose would read `export A`, `A-B` or a line feed as something else. */
function keyName(file: EnvFilePlan, name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    throw new Error(
      `${file.path}: ${JSON.stringify(name)} cannot be a key of an env file. Use letters, digits and `
        + 'underscores, and no digit first.',
    );
  }
  return name;
}
