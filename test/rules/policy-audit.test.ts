import { aNetwork, advice, messages } from './support';
import {
  Argument,
  EnvFile,
  FileOperation,
  McpGateway,
  Secret,
  Size,
  Tool,
  Toolbox,
  ToolOptions,
  Volume,
} from '../../src/core';
import { policyAudit } from '../../src/rules/policy-audit';

const READ = (filter?: ToolOptions): Tool => Tool.file('fs_read', FileOperation.READ, filter);
const LOG = (filter?: ToolOptions): Tool =>
  Tool.command('git_log', { argv: [Argument.literal('git'), Argument.literal('log')], description: 'd', ...filter });

/** A gateway whose log and workspace are on volumes that the caller makes. */
function gateway(
  tools: Tool[],
  volumes: (box: Toolbox) => { readonly workspace: Volume; readonly auditVolume: Volume },
) {
  return (box: Toolbox): void => {
    const token = new Secret(new EnvFile(box, 'env'), 'TOKEN', { description: 'd' });
    new McpGateway(box, 'gateway', {
      context: 'containers',
      repository: 'box/gateway',
      tag: '1.0.0',
      network: aNetwork(box, 'net'),
      clients: [{ name: 'agent', token }],
      tools,
      ...volumes(box),
    });
  };
}

const size = Size.gibibytes(1);
const shared = (box: Toolbox) => {
  const volume = Volume.persistent(box, 'shared', { size });
  return { workspace: volume, auditVolume: volume };
};
const folders = (workspace: string, log: string) => (box: Toolbox) => ({
  workspace: Volume.hostDirectory(box, 'data', { size, directory: workspace }),
  auditVolume: Volume.hostDirectory(box, 'logs', { size, directory: log }),
});

describe('rule policy-audit', () => {
  test('fails for each tool that may open the log in the shared volume, and says what to deny', () => {
    expect(advice(policyAudit, gateway([READ(), LOG()], shared))).toEqual([
      [
        'The tool "fs_read" can open the audit log audit.jsonl in the workspace.',
        'Add "audit.jsonl*" to the deny list of the tool, or keep the log on its own volume.',
      ],
      [
        'The tool "git_log" can open the audit log audit.jsonl in the workspace.',
        'Add "audit.jsonl*" to the deny list of the tool, or keep the log on its own volume.',
      ],
    ]);
  });

  test.each([['audit.jsonl*'], ['*'], ['**'], ['**/audit.jsonl*'], ['AUDIT.*'], ['{audit,x}.jsonl*']])(
    'accepts the deny %s',
    (glob) => {
      expect(messages(policyAudit, gateway([READ({ deny: [glob] }), LOG({ deny: [glob] })], shared))).toEqual([]);
    },
  );

  test('accepts a tool that is allowed other files only', () => {
    expect(messages(policyAudit, gateway([READ({ allow: ['src/**'] })], shared))).toEqual([]);
  });

  test.each([['audit.jsonl'], ['audit.jsonl{,.head,.lock}'], ['logs/audit.jsonl*'], ['*.json']])(
    'fails for the deny %s, which leaves files of the log open',
    (glob) => {
      expect(messages(policyAudit, gateway([READ({ deny: [glob] })], shared))).toHaveLength(1);
    },
  );

  test.each([
    ['./shared', './shared', 'audit.jsonl'],
    ['./shared', 'shared/', 'audit.jsonl'],
    ['./shared', './shared/logs/gateway', 'logs/gateway/audit.jsonl'],
    ['.', './logs', 'logs/audit.jsonl'],
  ])('fails for a workspace in %s and a log in %s', (workspace, log, as) => {
    expect(messages(policyAudit, gateway([READ()], folders(workspace, log)))).toEqual([
      `The tool "fs_read" can open the audit log ${as} in the workspace.`,
    ]);
    expect(messages(policyAudit, gateway([READ({ deny: [`${as}*`] })], folders(workspace, log)))).toEqual([]);
  });

  test.each([
    ['./shared', './shared-logs'],
    ['./shared/work', './shared'],
    ['./a', './b'],
  ])('accepts a workspace in %s and a log in %s', (workspace, log) => {
    expect(messages(policyAudit, gateway([READ()], folders(workspace, log)))).toEqual([]);
  });

  test.each([
    [`**/${'*a'.repeat(12)}*b`, false],
    ['{a,b}'.repeat(40), false],
    [`**/${'*a'.repeat(12)}*`, true],
  ])('judges the hostile glob %s in time that grows with its length', (glob, covers) => {
    const folder = 'a'.repeat(10_000);
    const start = process.cpuUsage();
    const found = messages(policyAudit, gateway([READ({ deny: [glob] })], folders('.', `./${folder}`)));
    expect(found).toHaveLength(covers ? 0 : 1);
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(5);
  });

  test('accepts a log on a volume of its own', () => {
    expect(messages(policyAudit, gateway([READ()], (box) => ({
      workspace: Volume.persistent(box, 'data', { size }), auditVolume: Volume.persistent(box, 'logs', { size }),
    })))).toEqual([]);
  });
});
