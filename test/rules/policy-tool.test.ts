import { advice, aService, messages } from './support';
import {
  Duration,
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
import { judge } from '../../src/rules';
import { policyTool } from '../../src/rules/policy-tool';
import { aPlan } from '../plan/plan-builder';

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

describe('rule policy-tool', () => {
  test('fails for names, globs and limits that a gateway refuses', () => {
    expect(messages(policyTool, (box) => aGateway(box, [
      Tool.file('Read', FileOperation.READ),
      Tool.file('fs_read', FileOperation.READ, { allow: ['/etc/*'] }),
      Tool.file('fs_stat', FileOperation.STAT, { timeout: Duration.seconds(0), callsPerMinute: -1 }),
    ]))).toEqual([
      '"Read" is not a valid tool name.',
      'The tool "fs_read" has the glob "/etc/*", which is not relative to the workspace.',
      'The tool "fs_stat" has -1 as its calls per minute; allowed: 1 to 100000.',
      'The tool "fs_stat" has 0 as its timeout in milliseconds; allowed: 10 to 600000.',
    ]);
  });

  test.each([NaN, Infinity, 0.5, 1e21])('fails for %p as a limit', (number) => {
    expect(messages(policyTool, (box) => aGateway(box, [
      Tool.file('a', FileOperation.READ, { timeout: Duration.seconds(number) }),
      Tool.file('b', FileOperation.READ, { maxOutput: Size.kibibytes(number / 1024) }),
      Tool.file('c', FileOperation.READ, { callsPerMinute: number }),
    ])).length).toBeGreaterThanOrEqual(number === 0.5 ? 2 : 3);
  });

  test('fails for limits beyond those of a gateway, as it takes them', () => {
    const said = (options: object): string[] =>
      messages(policyTool, (box) => aGateway(box, [Tool.file('a', FileOperation.READ, options)]));
    expect(said({ timeout: Duration.minutes(11) })).toEqual([
      'The tool "a" has 660000 as its timeout in milliseconds; allowed: 10 to 600000.',
    ]);
    expect(
      [{ maxOutput: Size.gibibytes(1) }, { maxOutput: Size.kibibytes(0) }, { callsPerMinute: 100_001 }].flatMap(said),
    ).toHaveLength(3);
    expect(
      [{ timeout: Duration.minutes(10) }, { maxOutput: Size.mebibytes(16) }, { callsPerMinute: 100_000 }].flatMap(said),
    ).toEqual([]);
  });

  test('fails for a tool that is listed twice, and for one that no client may call', () => {
    expect(
      messages(policyTool, (box) =>
        aGateway(box, [Tool.file('fs_read', FileOperation.READ), Tool.file('fs_read', FileOperation.READ)]),
      ),
    ).toEqual(['The tool "fs_read" is in the policy twice.']);
    expect(
      advice(policyTool, (box) => aGateway(box, [Tool.file('fs_read', FileOperation.READ)], { clients: [] })),
    ).toEqual([['No client may call the tool "fs_read".', 'Add a client to the gateway.']]);
  });

  test('accepts a tool without limits', () => {
    const tool = {
      name: 'fs_read',
      kind: 'file',
      action: 'read',
      writes: false,
      clients: ['agent'],
      allow: [],
      deny: [],
      offered: true,
    } as const;
    const policy = {
      path: 'box/gateway/policy',
      service: 'gateway',
      workspace: { root: '/workspace', readOnly: true },
      tools: [tool],
    };
    expect(judge(aPlan({ policies: [policy] }), [policyTool], () => undefined)).toEqual([]);
  });

  test('accepts a plain policy', () => {
    expect(
      messages(policyTool, (box) =>
        aGateway(box, [Tool.file('fs_read', FileOperation.READ, { allow: ['src/**'], deny: ['**/.env*'] })]),
      ),
    ).toEqual([]);
  });
});
