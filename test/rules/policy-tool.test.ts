import { aService, messages } from './support';
import { Duration, EnvFile, FileOperation, Mount, Secret, Size, Tool, Toolbox, ToolClient, ToolPolicy, Volume } from '../../src/core';
import { policyTool } from '../../src/rules/policy-tool';

function aGateway(box: Toolbox, tools: Tool[], options: { readOnly?: boolean; offers?: string[]; clients?: ToolClient[] } = {}): void {
  const data = Volume.persistent(box, 'data', { size: Size.gibibytes(1) });
  const gateway = aService(box, 'gateway', { mounts: [Mount.volume(data, '/workspace', { readOnly: options.readOnly ?? true })] });
  const token = new Secret(new EnvFile(box, 'env'), 'TOKEN', { description: 'd' });
  new ToolPolicy(gateway, 'policy', { tools, clients: options.clients ?? [{ name: 'agent', token }], workspace: '/workspace', offers: options.offers ?? ['file:read', 'command:git'] });
}

describe('rule policy-tool', () => {
  test('fails for names, globs and limits that a gateway refuses', () => {
    expect(messages(policyTool, (box) => aGateway(box, [
      Tool.file('Read', FileOperation.READ),
      Tool.file('fs_read', FileOperation.READ, { allow: ['/etc/*'] }),
      Tool.file('fs_stat', FileOperation.STAT, { timeout: Duration.seconds(0), callsPerMinute: -1 }),
    ]))).toHaveLength(4);
  });

  test('fails for a tool that stands there twice, and for one that nobody may call', () => {
    expect(messages(policyTool, (box) => aGateway(box, [Tool.file('fs_read', FileOperation.READ), Tool.file('fs_read', FileOperation.READ)]))).toEqual(['The tool "fs_read" stands in the policy twice.']);
    expect(messages(policyTool, (box) => aGateway(box, [Tool.file('fs_read', FileOperation.READ)], { clients: [] }))).toEqual(['Nobody may call the tool "fs_read".']);
  });

  test('accepts a plain policy', () => {
    expect(messages(policyTool, (box) => aGateway(box, [Tool.file('fs_read', FileOperation.READ, { allow: ['src/**'], deny: ['**/.env*'] })]))).toEqual([]);
  });
});
