import * as fs from 'node:fs';
import Ajv from 'ajv';
import { aSecret, aVolume, codexPins, filesOf } from './support';
import {
  Argument,
  Charset,
  Check,
  CheckCommand,
  DockerMcpGateway,
  FileOperation,
  ImageOperation,
  McpGateway,
  Port,
  Size,
  Tool,
  Toolbox,
  Waiver,
} from '../../src/core';
import { CAPABILITIES } from '../../src/services/mcp-gateway';
import { aNetwork, aPin, aService, DIGEST } from '../rules/support';

function ownGateway(box: Toolbox): void {
  const gateway = new McpGateway(box, 'mcp-gateway', {
    context: 'containers',
    dockerfile: 'codex-cli/Dockerfile',
    repository: 'box/mcp-gateway',
    tag: '0.1.0',
    workspace: aVolume(box, 'data'),
    auditVolume: aVolume(box, 'logs'),
    recordPaths: true,
    network: aNetwork(box, 'mcp'),
    concurrency: { commandCalls: 3 },
    hostNames: ['mcp.example.org'],
    allowedOrigins: ['https://app.example.org'],
    clients: [{ name: 'codex-cli', token: aSecret(box, 'TOKEN'), callsPerMinute: 100 }],
    tools: [
      Tool.file('fs_read', FileOperation.READ, {
        description: 'Reads',
        allow: ['src/**'],
        deny: ['**/.env*'],
        maxOutput: Size.kibibytes(64),
        callsPerMinute: 5,
      }),
      Tool.image('image_extract', ImageOperation.EXTRACT),
      Tool.command('git_log', {
        description: 'Commits',
        gitHistory: true,
        argv: [
          Argument.literal('git'),
          Argument.literal('log'),
          Argument.integer('count', { prefix: '--max-count=', minimum: 1, maximum: 50 }),
          Argument.choice('format', { prefix: '--format=', values: ['oneline', 'short'], optional: true }),
          Argument.text('revision', { maxLength: 40, charset: Charset.REVISION }),
          Argument.literal('--'),
          Argument.path('path', { description: 'Where' }),
        ],
      }),
    ],
  });
  new Check(gateway, 'check', { title: 't', command: CheckCommand.shell('c'), expectation: 'e', covers: [gateway] });
}

describe('McpGateway', () => {
  const files = filesOf(ownGateway, codexPins('0.42.0'));
  const manifest = JSON.parse(files['compose/config.draft/mcp-gateway/manifest.json']);

  test('writes a manifest that the gateway\'s schema accepts', () => {
    const schema = JSON.parse(fs.readFileSync('containers/mcp-gateway/schema/manifest.schema.json', 'utf8'));
    const validate = new Ajv({ strict: false, discriminator: false }).compile(schema);
    validate(manifest);
    expect(validate.errors).toBeNull();
  });

  test('writes the policy as it was typed', () => {
    expect(manifest.workspace).toEqual({ root: '/workspace', access: 'read-only' });
    expect(manifest.http.allowedHosts).toEqual(['mcp-gateway', 'mcp.example.org']);
    expect(manifest.audit).toEqual({ path: '/var/log/mcp-gateway/audit.jsonl', recordPaths: true });
    expect(manifest.concurrency).toEqual({ file: 8, command: 3, image: 2, waiting: 32 });
    expect(manifest.clients).toEqual([{ name: 'codex-cli', tokenEnv: 'TOKEN', callsPerMinute: 100 }]);
    expect(manifest.tools.map(({ name }: { name: string }) => name)).toEqual(['fs_read', 'git_log', 'image_extract']);
    expect(manifest.tools[0]).toEqual({
      kind: 'file',
      name: 'fs_read',
      description: 'Reads',
      operation: 'read',
      clients: ['codex-cli'],
      paths: { allow: ['src/**'], deny: ['**/.env*'] },
      limits: { timeoutMs: 10000, maxOutputBytes: 65536, callsPerMinute: 5 },
    });
    expect(manifest.tools[1].argv).toEqual([
      'git',
      'log',
      { prefix: '--max-count=', parameter: 'count' },
      { prefix: '--format=', parameter: 'format' },
      { parameter: 'revision' },
      '--',
      { parameter: 'path' },
    ]);
  });

  test('writes out the defaults of the gateway\'s schema for calls at once', () => {
    const { properties } = JSON.parse(fs.readFileSync('containers/mcp-gateway/schema/manifest.schema.json', 'utf8'))
      .properties.concurrency;
    const defaults = Object.fromEntries(
      Object.entries<{ default: number }>(properties).map(([name, each]) => [name, each.default]),
    );
    expect({ ...manifest.concurrency, command: 4 }).toEqual(defaults);
  });

  test('offers the programs that the gateway knows', () => {
    const source = fs.readFileSync('containers/mcp-gateway/src/tools/command/programs.ts', 'utf8');
    const programs = [...source.matchAll(/^ {2}program\(\s*'([a-z0-9]+)'/gm)].map((match) => match[1]);
    expect(programs.length).toBeGreaterThan(10);
    expect(CAPABILITIES.filter((one) => one.startsWith('command:')).sort()).toEqual(
      ['git', ...programs].map((one) => `command:${one}`).sort(),
    );
  });

  test('has the same version in GARVIS\'s image tag and in its package, which its audit log names', () => {
    const { version } = JSON.parse(fs.readFileSync('containers/mcp-gateway/package.json', 'utf8'));
    expect(version).not.toBe('0.0.0');
    expect(fs.readFileSync('dist/compose/docker-compose.draft.yml', 'utf8')).toContain(`garvis/mcp-gateway:${version}`);
  });

  test('mounts the workspace read-only and the audit log apart from it', () => {
    expect(files['compose/docker-compose.draft.yml']).toMatch(/target: \/workspace\n {8}read_only: true/);
  });
});

describe('DockerMcpGateway', () => {
  const files = filesOf(
    (box) => {
      const network = aNetwork(box, 'mcp');
      const server = aService(box, 'files-server', { ports: [Port.internal(3000)], networks: [network] });
      const gateway = new DockerMcpGateway(box, 'mcp-gateway', {
        component: 'docker-mcp-gateway',
        servers: [
          {
            name: 'files',
            description: 'Files',
            endpoint: server.endpoint(3000, { suffix: '/mcp' }),
            toolNames: ['read_file', 'list_directory'],
          },
        ],
        tools: [Tool.named('read_file')],
        token: aSecret(box, 'MCP_GATEWAY_AUTH_TOKEN'),
        network,
      });
      gateway.addDependency(server);
      new Waiver(gateway, 'root', { rule: 'service-user', reason: 'The image is made so.' });
      new Waiver(gateway, 'tag', { rule: 'image-tag', reason: 'Its publisher has no version tags.' });
    },
    codexPins(
      '0.42.0',
      '0.12.3',
      aPin('docker-mcp-gateway', { image: { repository: 'docker/mcp-gateway', tag: 'v2', digest: DIGEST } }),
    ),
  );
  const compose = files['compose/docker-compose.draft.yml'];

  test('runs in static mode by digest, without the engine\'s socket', () => {
    expect(compose).toContain(`image: docker/mcp-gateway:v2@${DIGEST}\n`);
    expect(compose).toContain('- --static=true');
    expect(compose).not.toContain('docker.sock');
  });

  test('names its servers and tools', () => {
    expect(compose).toContain('- --servers=files');
    expect(compose).toContain('- --tools=read_file');
    expect(files['compose/config.draft/mcp-gateway/toolbox.yaml']).toContain('url: "http://files-server:3000/mcp"');
  });
});
