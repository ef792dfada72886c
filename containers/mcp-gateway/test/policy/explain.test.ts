import { expect, test } from 'vitest';
import { fakeTool } from './fake-tool';
import { explain } from '../../src/policy/explain';
import { Policy } from '../../src/policy/policy';

const policy = new Policy([fakeTool()]);

test('says for each client whether the call is allowed', () => {
  expect(explain(policy, ['codex', 'other'], 'read_file', { path: 'a' })).toMatchObject([
    {
      client: 'codex',
      tool: 'read_file',
      decision: 'allowed',
      detail: 'within the policy; rate limits, and what only an opened file shows, are judged when it is called',
    },
    {
      client: 'other',
      decision: 'denied',
      rule: 'tool-not-for-client',
      detail: 'the tool is for codex, not for other',
    },
  ]);
});

test('names the rule that denies, which a client never learns', () => {
  expect(explain(policy, ['codex'], 'read_file', { path: 'secret' })).toEqual([
    {
      client: 'codex',
      tool: 'read_file',
      decision: 'denied',
      rule: 'path-denied',
      detail: 'the arguments are outside what the manifest allows for this tool',
    },
  ]);
  expect(explain(new Policy([fakeTool({ clients: ['a', 'b'] })]), ['codex'], 'read_file', {})).toMatchObject([
    { detail: 'the tool is for a, b, not for codex' },
  ]);
});

test('says what is wrong with arguments', () => {
  expect(explain(policy, ['codex'], 'read_file', { path: 1 })).toMatchObject([
    { rule: 'invalid-arguments', detail: expect.stringContaining('path') },
  ]);
});

test('says that a tool does not exist', () => {
  expect(explain(policy, ['codex'], 'raed_file', {})).toMatchObject([
    { rule: 'unknown-tool', detail: 'the manifest has no such tool' },
  ]);
});
