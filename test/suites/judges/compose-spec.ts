import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { CannotJudge } from './cannot-judge';
import { Judge, Verdict } from './judge';
import { composeFiles, Subjects } from './subjects';

/** The JSON Schema of the Compose specification. */
export const COMPOSE_SPEC: Judge = { linter: 'compose-spec', judge };

function judge(subjects: Subjects): Verdict {
  const path = join(subjects.data, 'compose-spec.json');
  if (!existsSync(path)) {
    throw new CannotJudge(`There is no ${path}.`);
  }
  // its own name of draft-07 is not the one that ajv knows
  const { $schema: _, ...schema } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
  const files = composeFiles([...subjects.toolboxes, ...subjects.trials]);
  const findings = files.flatMap(({ project, file }) =>
    (validate(parse(readFileSync(file, 'utf8'))) ? [] : (validate.errors ?? [])).map(
      ({ keyword, instancePath, message, params }) => ({
        check: keyword,
        where: project.title,
        message: `${instancePath} ${message} ${JSON.stringify(params)}`,
      }),
    ),
  );
  return { version: 'schema', files: files.length, findings };
}
