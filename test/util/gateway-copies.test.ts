import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { secretIn } from '../../src/util/secrets';

const ROOT = join(__dirname, '../..');

test.each([
  ['src/util/secret-shapes.ts', 'audit/secret-shapes.ts'],
  ['src/util/glob.ts', 'workspace/glob.ts'],
  ['src/util/spelling.ts', 'workspace/spelling.ts'],
])('%s is a copy of the file of the gateway', (copy, source) => {
  const ours = readFileSync(join(ROOT, copy), 'utf8');
  expect(ours.slice(ours.indexOf('\n') + 1)).toBe(
    readFileSync(join(ROOT, 'containers/mcp-gateway/src', source), 'utf8'),
  );
});

test.each(['glob-pattern-matching-library', 'npm_config_registry_url_of_mirror', 'task-a-rather-long-name-of-a-task'])(
  'the name %s is no secret',
  (name) => expect(secretIn(name)).toBeUndefined(),
);
