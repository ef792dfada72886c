import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { secretIn } from '../../../src/rules/private/secrets';

const ROOT = join(__dirname, '../../..');

test('the library and the gateway know the same shapes', () => {
  const [ours, theirs] = ['src/rules/private/secret-shapes.ts', 'containers/mcp-gateway/src/audit/secret-shapes.ts']
    .map((file) => readFileSync(join(ROOT, file), 'utf8').split('export const SECRET_SHAPES')[1]);
  expect(ours).toContain('a private key');
  expect(ours).toBe(theirs);
});

test.each(['glob-pattern-matching-library', 'npm_config_registry_url_of_mirror', 'task-a-rather-long-name-of-a-task'])(
  'the name %s is no secret',
  (name) => expect(secretIn(name)).toBeUndefined(),
);
