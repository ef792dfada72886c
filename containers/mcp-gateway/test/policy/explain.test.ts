import { expect, test } from 'vitest';
import { fakeTool } from './fake-tool';
import { explain } from '../../src/policy/explain';
import { Policy } from '../../src/policy/policy';

const policy = new Policy([fakeTool()]);

test('says for each client whether the call is allowed', () => {
  expect(explain(policy, ['codex', 'other'], 'read_file', { path: 'a' })).toMatchObject([
    { client: 'codex', decision: 'allowed' },
    { client: 'other', decision: 'denied', rule: 'tool-not-for-client', detail: 'the tool is for codex, not for other' },
  ]);
});

test('names the rule that denies, which a client never learns', () => {
  expect(explain(policy, ['codex'], 'read_file', { path: 'secret' })).toMatchObject([{ decision: 'denied', rule: 'path-denied' }]);
});

test('says what is wrong with arguments', () => {
  expect(explain(policy, ['codex'], 'read_file', { path: 1 })).toMatchObject([{ rule: 'invalid-arguments', detail: expect.stringContaining('path') }]);
});

test('says that a tool does not exist', () => {
  expect(explain(policy, ['codex'], 'raed_file', {})).toMatchObject([{ rule: 'unknown-tool', detail: 'the manifest has no such tool' }]);
});
