import { LinterSuppression } from '../../src/model/linter-suppression';
import { JudgeFinding } from '../suites/judges/judge';
import { matchSuppressions } from '../suites/judges/match-suppressions';

const FINDING: JudgeFinding = {
  linter: 'hadolint',
  check: 'DL3008',
  where: 'containers/web/Dockerfile',
  message: 'line 3: Pin versions',
};
const SUPPRESSION: LinterSuppression = {
  linter: 'hadolint',
  check: 'DL3008',
  where: 'containers/web/Dockerfile',
  reason: 'Old versions are not kept.',
  location: { file: 'inventories/linter-suppressions.yaml', line: 4 },
};

test('a suppression lets every finding of its check at its place through', () => {
  const second = { ...FINDING, message: 'line 9: Pin versions' };
  expect(matchSuppressions([FINDING, second], [SUPPRESSION])).toEqual({
    excepted: [FINDING, second],
    left: [],
    stale: [],
  });
});

test.each<[string, Partial<JudgeFinding>]>([
  ['linter', { linter: 'checkov' }],
  ['check', { check: 'DL3009' }],
  ['place', { where: 'containers/Dockerfile' }],
])('fails a finding of another %s, and the suppression that nothing needs', (_, other) => {
  const finding = { ...FINDING, ...other };
  expect(matchSuppressions([finding], [SUPPRESSION])).toEqual({ excepted: [], left: [finding], stale: [SUPPRESSION] });
});

test('fails a finding without any suppression', () => {
  expect(matchSuppressions([FINDING], [])).toEqual({ excepted: [], left: [FINDING], stale: [] });
});
