import { aService, messages } from './support';
import {
  Argument,
  EnvFile,
  FileOperation,
  Mount,
  Secret,
  Size,
  Tool,
  Toolbox,
  ToolClient,
  ToolPolicy,
  Volume,
} from '../../src/core';
import { policyWrite } from '../../src/rules/policy-write';

function aGateway(
  box: Toolbox,
  tools: Tool[],
  options: { readOnly?: boolean; capabilities?: string[]; clients?: ToolClient[] } = {},
): void {
  const data = Volume.persistent(box, 'data', { size: Size.gibibytes(1) });
  const gateway = aService(box, 'gateway', {
    mounts: [Mount.volume(data, '/workspace', { readOnly: options.readOnly ?? true })],
  });
  const token = new Secret(new EnvFile(box, 'env'), 'TOKEN', { description: 'd' });
  new ToolPolicy(gateway, 'policy', {
    tools,
    clients: options.clients ?? [{ name: 'agent', token }],
    workspace: '/workspace',
    capabilities: options.capabilities ?? ['file:read', 'command:git'],
  });
}

describe('rule policy-write', () => {
  test('fails for a tool that writes to a workspace it can only read', () => {
    expect(
      messages(policyWrite, (box) =>
        aGateway(box, [
          Tool.command('git_commit', { argv: [Argument.literal('git'), Argument.literal('commit')], writes: true }),
        ]),
      ),
    ).toEqual(['The tool "git_commit" writes, but the workspace /workspace is mounted read-only.']);
    expect(messages(policyWrite, (box) => aGateway(box, [Tool.named('write_file', { writes: true })]))).toHaveLength(1);
  });

  test('accepts a tool that reads, and one that writes where it may', () => {
    expect(messages(policyWrite, (box) => aGateway(box, [Tool.file('fs_read', FileOperation.READ)]))).toEqual([]);
    expect(
      messages(policyWrite, (box) => aGateway(box, [Tool.named('write_file', { writes: true })], { readOnly: false })),
    ).toEqual([]);
  });
});
