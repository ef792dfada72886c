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
import { policyOffered } from '../../src/rules/policy-offered';

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

describe('rule policy-offered', () => {
  test('fails for a tool that the gateway does not have', () => {
    expect(messages(policyOffered, (box) => aGateway(box, [Tool.file('fs_tree', FileOperation.TREE)]))).toEqual([
      'The gateway "gateway" does not offer the tool "fs_tree" (file: tree).',
    ]);
    expect(messages(policyOffered, (box) => aGateway(box, [Tool.named('fetch')]))).toEqual([
      'The gateway "gateway" does not offer the tool "fetch".',
    ]);
    expect(
      messages(policyOffered, (box) => aGateway(box, [Tool.command('rm', { argv: [Argument.literal('rm')] })])),
    ).toHaveLength(1);
  });

  test('accepts what it has', () => {
    expect(
      messages(policyOffered, (box) =>
        aGateway(box, [
          Tool.file('fs_read', FileOperation.READ),
          Tool.command('git_log', { argv: [Argument.literal('git')] }),
        ]),
      ),
    ).toEqual([]);
    expect(messages(policyOffered, (box) => aGateway(box, [Tool.named('fetch')], { capabilities: ['fetch'] }))).toEqual(
      [],
    );
  });
});
