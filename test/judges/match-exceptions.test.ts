import { LinterSuppression } from '../../src/model/linter-suppression';
import { JudgeFinding } from '../suites/judges/judge';
import { matchExceptions } from '../suites/judges/match-exceptions';

const FINDING: JudgeFinding = {
  linter: 'hadolint',
  check: 'DL3008',
  where: 'containers/web/Dockerfile',
  message: 'line 3: Pin versions',
};
const EXCEPTION: LinterSuppression = {
  linter: 'hadolint',
  check: 'DL3008',
  where: 'containers/web/Dockerfile',
  reason: 'Old versions are not kept.',
  location: { file: 'inventories/exceptions.yaml', line: 4 },
};

test('an exception lets every finding of its check at its place through', () => {
  const second = { ...FINDING, message: 'line 9: Pin versions' };
  expect(matchExceptions([FINDING, second], [EXCEPTION])).toEqual({ excepted: [FINDING, second], left: [], stale: [] });
});

test.each<[string, Partial<JudgeFinding>]>([
  ['linter', { linter: 'checkov' }],
  ['check', { check: 'DL3009' }],
  ['place', { where: 'containers/Dockerfile' }],
])('fails a finding of another %s, and the exception that nothing needs', (_, other) => {
  const finding = { ...FINDING, ...other };
  expect(matchExceptions([finding], [EXCEPTION])).toEqual({ excepted: [], left: [finding], stale: [EXCEPTION] });
});

test('fails a finding without any exception', () => {
  expect(matchExceptions([FINDING], [])).toEqual({ excepted: [], left: [FINDING], stale: [] });
});
