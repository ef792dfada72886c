import { aNetwork, aService, aToolbox, findings } from './support';
import {
  Argument,
  CodexCli,
  DockerMcpGateway,
  DockerMcpServer,
  Duration,
  Egress,
  EndpointOptions,
  EnvFile,
  FileOperation,
  HostOllama,
  HostRelay,
  McpGateway,
  McpGatewayProps,
  Network,
  Ollama,
  OllamaProps,
  Profile,
  Port,
  ReverseProxy,
  ReverseProxyProps,
  Secret,
  Size,
  Tool,
  Toolbox,
  ToolClient,
} from '../../src/core';
import { serviceSetting } from '../../src/rules/service-setting';
import { aSecret, aVolume } from '../services/support';

const NUMBERS = [NaN, Infinity, -1, 0, -0, 0.5, 1e21, 2 ** 31];

/** What the rule says of a toolbox, as `path: message`. */
function said(build: (box: Toolbox) => void): string[] {
  const box = aToolbox();
  build(box);
  return findings(box, serviceSetting).map(({ path, message, fix, location }) => {
    expect(fix).toMatch(/^[A-Z].*\.$/);
    expect(location?.file).toMatch(/^test\//);
    return `${path}: ${message}`;
  });
}

function aClient(box: Toolbox, more: Partial<ToolClient> = {}): ToolClient {
  return { name: 'agent', token: aSecret(box, 'TOKEN'), ...more };
}

const anOllama = (more: Partial<OllamaProps>) => (box: Toolbox): void => void new Ollama(box, 'ollama', {
  component: 'ollama',
  models: aVolume(box, 'models'),
  modelNames: ['gpt-oss:20b'],
  network: aNetwork(box, 'net'),
  downloadNetwork: new Network(box, 'download', { egress: Egress.INTERNET }),
  downloadPart: new Profile(box, 'part', { description: 'd' }),
  ...more,
});

const aRelay = (more: object) => (box: Toolbox): void => void new HostRelay(box, 'relay', {
  component: 'haproxy',
  hostOllama: new HostOllama(box, 'host', { component: 'ollama', model: 'm' }),
  network: aNetwork(box, 'inside'),
  hostNetwork: new Network(box, 'outside', { egress: Egress.HOST }),
  ...more,
});

const aProxy =
  (more: Partial<ReverseProxyProps>, target: EndpointOptions = { suffix: '/mcp' }, client: Partial<ToolClient> = {}) =>
    (box: Toolbox): void => {
      new ReverseProxy(box, 'proxy', {
        component: 'haproxy',
        target: aService(box, 'app', { ports: [Port.internal(80)] }).endpoint(80, target),
        clients: [aClient(box, client)],
        hostName: 'tools.example',
        certificates: aVolume(box, 'certificates'),
        network: aNetwork(box, 'inside'),
        publicNetwork: new Network(box, 'public', { egress: Egress.INTERNET }),
        ...more,
      });
    };

const aDockerGateway =
  (
    server: Partial<DockerMcpServer>,
    tools: Tool[] = [Tool.named('read')],
    token = 'MCP_GATEWAY_AUTH_TOKEN',
    address: EndpointOptions = {},
  ) =>
    (box: Toolbox): void => {
      const endpoint = aService(box, 'files', { ports: [Port.internal(80)] }).endpoint(80, address);
      new DockerMcpGateway(box, 'gateway', {
        component: 'docker-mcp-gateway',
        servers: [{ name: 'files', description: 'd', endpoint, toolNames: ['read'], ...server }],
        tools,
        token: aSecret(box, token),
        network: aNetwork(box, 'net'),
      });
    };

const aGateway =
  (more: Partial<McpGatewayProps>, ...tools: Tool[]) =>
    (box: Toolbox): void =>
      void new McpGateway(box, 'gateway', {
        context: 'containers/mcp-gateway',
        repository: 'box/gateway',
        tag: '1.0.0',
        workspace: aVolume(box, 'work'),
        auditVolume: aVolume(box, 'logs'),
        network: aNetwork(box, 'net'),
        clients: more.clients ?? [aClient(box)],
        tools,
        ...more,
      });

const aCommand = (...argv: Argument[]): Tool =>
  Tool.command('git_log', { description: 'd', argv: [Argument.literal('git'), ...argv] });

describe('rule service-setting', () => {
  test('accepts what programs take', () => {
    expect(
      [
        anOllama({
          modelNames: ['gpt-oss:20b', 'hf.co/some_user/Model-GGUF:Q4_K_M', 'localhost:5000/team/m:1@x'],
          contextLength: 4096,
        }),
        aRelay({
          maxRequest: Size.mebibytes(1),
          requestsPerMinute: 1,
          maxConcurrent: 256,
          maxSilence: Duration.minutes(60),
        }),
        aProxy({ hostName: 'Tools.Example', requestsPerMinute: 100_000 }),
        aProxy({ hostName: '192.0.2.1' }, { scheme: '' }),
        aDockerGateway({}),
        aGateway(
          { hostNames: ['a.example'], allowedOrigins: ['https://a.example:8443'] },
          Tool.file('read', FileOperation.READ, { clients: ['agent'], allow: ['src/**'], deny: ['**/..hidden'] }),
          aCommand(
            Argument.integer('count', { minimum: -1, maximum: 5, prefix: '-n' }),
            Argument.choice('how', { values: ['a'] }),
            Argument.text('what', { maxLength: 4096 }),
            Argument.path('where'),
          ),
        ),
      ].flatMap(said),
    ).toEqual([]);
  });

  test.each(NUMBERS)('fails for %p wherever a program is given a number', (number) => {
    const shown = expect.stringMatching(
      new RegExp(`is (the number )?${String(number).replace('+', '\\+')}\\.$|has ${String(number)} `),
    );
    for (const build of [
      anOllama({ contextLength: number }),
      aRelay({ requestsPerMinute: number }),
      aRelay({ maxConcurrent: number }),
      aRelay({ maxSilence: Duration.seconds(number) }),
      aProxy({ requestsPerMinute: number }),
      aProxy({}, {}, { callsPerMinute: number }),
      aGateway({}, aCommand(Argument.text('what', { maxLength: number }))),
    ]) {
      expect(said(build)).toEqual([shown]);
    }
    expect(said(aRelay({ maxRequest: Size.kibibytes(number / 1024) }))).toHaveLength(1);
    expect(said(aProxy({ maxRequest: Size.kibibytes(number / 1024) }))).toHaveLength(1);
    expect(said((box) => aGateway({ clients: [aClient(box, { callsPerMinute: number })] })(box))).toEqual([shown]);
    for (const kind of ['fileCalls', 'commandCalls', 'imageCalls']) {
      expect(said(aGateway({ concurrency: { [kind]: number } }))).toEqual([shown]);
    }
    // the gateway accepts 0: no call waits
    expect(said(aGateway({ concurrency: { waitingCalls: number } }))).toEqual(number === 0 ? [] : [shown]);
  });

  test('fails for models whose names would be options, or are none', () => {
    expect(
      ['--insecure', '-x', '', ' ', 'a b', 'a\nb', '$(id)'].flatMap((name) => said(anOllama({ modelNames: [name] }))),
    ).toHaveLength(7);
    expect(said(anOllama({ modelNames: ['a', 'a'] }))).toEqual(['box/ollama: The model "a" is listed twice.']);
  });

  test('fails for a host, a path or a scheme that a proxy would take for something else', () => {
    expect(
      ['', 'a\nbind :1', "it's } || TRUE", 'a:8443', '::1', 'a b'].flatMap((hostName) => said(aProxy({ hostName }))),
    ).toHaveLength(6);
    expect(['/a\nb', '/mcp?x=1', '/mcp#x', 'mcp'].flatMap((suffix) => said(aProxy({}, { suffix })))).toHaveLength(4);
    expect(said(aProxy({}, { scheme: 'https' }))).toEqual([
      'box/proxy: The scheme of the address it stands in front of is "https".',
    ]);
  });

  test('fails for clients that cannot be told apart', () => {
    expect(
      said((box) => {
        const token = aSecret(box, 'TOKEN');
        aGateway({
          clients: [
            { name: 'a', token },
            { name: 'a', token },
          ],
        })(box);
      }),
    ).toEqual([
      'box/gateway: The client "a" is listed twice.',
      'box/gateway: The token "TOKEN" is listed twice.',
    ]);
    expect(
      said((box) =>
        aGateway({
          clients: [{ name: 'A b', token: new Secret(new EnvFile(box, 'other'), 'token', { description: 'd' }) }],
        })(box),
      ),
    ).toHaveLength(2);
  });

  test('fails for servers that Docker\'s gateway would take for several, for options or for all', () => {
    expect(['a,b', '-a', '', '__proto__ '].flatMap((name) => said(aDockerGateway({ name })))).toHaveLength(4);
    expect(said(aDockerGateway({}, []))).toEqual([
      'box/gateway: There is no tool, which the gateway would take for every tool.',
    ]);
    expect(said(aDockerGateway({}, [Tool.named('read')], 'OTHER'))).toEqual([
      'box/gateway: The key of the token is "OTHER".',
    ]);
    expect(said(aDockerGateway({}, [Tool.named('read')], 'MCP_GATEWAY_AUTH_TOKEN', { scheme: '' }))).toEqual([
      'box/gateway: The scheme of the address of the server "files" is "".',
    ]);
  });

  test('fails for limits on a tool that Docker\'s gateway does not hold it to', () => {
    expect(
      said(aDockerGateway({}, [Tool.named('read', { description: 'd', deny: ['secret/**'], callsPerMinute: 1 })])),
    ).toEqual(['box/gateway: The tool "read" has deny, callsPerMinute, which Docker\'s gateway does not hold it to.']);
  });

  test('fails for a manifest that the gateway would refuse at its start', () => {
    const count = (more: Partial<McpGatewayProps>, ...tools: Tool[]): number => said(aGateway(more, ...tools)).length;
    expect(count({ hostNames: ['https://a', 'B', 'b'] })).toBe(1);
    expect(count({ allowedOrigins: ['*', 'https://a/b', 'https://A'] })).toBe(3);
    const read = (more: object): Tool => Tool.file('read', FileOperation.READ, more);
    expect(said(aGateway({}, read({ clients: ['agnet'] })))).toEqual([
      'box/gateway: Tool "read": The gateway has no client "agnet".',
    ]);
    expect(said(aGateway({}, read({ allow: [] })))).toEqual([
      'box/gateway: Tool "read": `paths.allow` has no item.',
    ]);
    expect(
      count(
        {},
        read({ description: '' }),
        read({ description: 'x'.repeat(1001) }),
        read({ clients: ['agent', 'agent'] }),
        read({ allow: ['a', 'a'] }),
      ),
    ).toBe(4);
    for (const glob of ['../x', 'x/..', '!x', 'a/./b', 'a//b']) {
      expect(said(aGateway({}, read({ deny: [glob] })))).toEqual([
        `box/gateway: Tool "read": The glob ${JSON.stringify(glob)} can never match.`,
      ]);
    }
    for (const glob of ['a\\b', 'a{1..3}', '**{.a,.b}', '{.a,.b}**/c', '{a,b}/c**']) {
      expect(said(aGateway({}, read({ allow: [glob] })))).toEqual([
        `box/gateway: Tool "read": The glob ${JSON.stringify(glob)} is not supported.`,
      ]);
    }
    expect(
      said(aGateway({}, read({ deny: ['{a,b}'.repeat(9)] }))),
    ).toEqual([`box/gateway: Tool "read": The glob "${'{a,b}'.repeat(9)}" has too many alternatives.`]);
    expect(
      said(aGateway({}, read({ allow: ['a/**', '**/*.{md,txt}', '{a,b/**}/c', 'a**', '..a/b..', '{a,**}/b'] }))),
    ).toEqual([]);
  });

  test('quotes what the schema of the manifest allows, and how to fix it', () => {
    const box = aToolbox();
    aGateway(
      {
        clients: [aClient(box, { name: 'A b' })],
        hostNames: ['https://a'],
        allowedOrigins: ['https://a/b'],
        concurrency: { fileCalls: 257 },
      },
      Tool.file('read', FileOperation.READ, { clients: ['A b'], allow: ['a', 'a'] }),
      Tool.command('run', {
        description: '',
        clients: ['A b'],
        argv: [
          Argument.literal('git\n'),
          Argument.path('A', { prefix: '', description: 'x'.repeat(301) }),
          Argument.integer('n', { minimum: 0.5, maximum: 2 ** 53 }),
          Argument.integer('m', { minimum: 2, maximum: 1 }),
          Argument.choice('c', { values: ['\u0000'] }),
          ...Array.from({ length: 60 }, () => Argument.literal('a')),
        ],
      }),
    )(box);
    expect(findings(box, serviceSetting).map(({ message, fix }) => `${message} ${fix}`)).toEqual([
      'Client "A b": `name` is "A b", which is not a name of lower-case letters, digits and dashes that begins with a letter, at most 63 characters. Write a name of lower-case letters, digits and dashes that begins with a letter, at most 63 characters, as in "agent".',
      'Concurrency: `file` must be a whole number from 1 to 256, and is the number 257. Write a whole number from 1 to 256.',
      'HTTP: `allowedHosts[1]` is "https://a", which is not a host name of lower-case letters, digits, dots and dashes, without a scheme. Write a host name of lower-case letters, digits, dots and dashes, without a scheme.',
      'HTTP: `allowedOrigins[0]` is "https://a/b", which is not an origin: a scheme, a lower-case host and a port, without a path. Write an origin: a scheme, a lower-case host and a port, without a path, as in "https://app.example.org".',
      'Tool "read": `paths.allow` has the item "a" twice. Keep one of them.',
      'Tool "run": The parameter "m" is from 2 to 1. Use whole numbers between -(2^53-1) and 2^53-1, the smaller one first.',
      'Tool "run": `argv[0]` is "git\\n", which is not a text of 1 to 1024 characters without control characters. Write a text of 1 to 1024 characters without control characters.',
      'Tool "run": `argv[1].parameter` is "A", which is not a name of lower-case letters, digits and underscores that begins with a letter, at most 32 characters. Write a name of lower-case letters, digits and underscores that begins with a letter, at most 32 characters.',
      'Tool "run": `argv[1].prefix` is empty. Write a text of 1 to 256 characters without control characters.',
      'Tool "run": `argv` has 65 items. Keep at most 64.',
      'Tool "run": `description` is empty. Write a text of 1 to 1000 characters.',
      'Tool "run": `parameters.A.description` is "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...", which is longer than 300 characters. Write at most 300 characters.',
      'Tool "run": `parameters.c.values[0]` is "\\u0000", which is not a text of 1 to 128 characters without control characters and unpaired surrogates. Write a text of 1 to 128 characters without control characters and unpaired surrogates.',
      'Tool "run": `parameters.n.minimum` must be a whole number, and is the number 0.5. Write a whole number.',
    ]);
  });

  test('leaves names, limits and globs of tools to the rule on the tools of all gateways', () => {
    const tool = Tool.file('Read', FileOperation.READ, { allow: ['/a', 'x'.repeat(513)], callsPerMinute: 0 });
    expect(said(aGateway({}, tool))).toEqual([]);
    expect(said(aGateway({ clients: [] }, Tool.file('read', FileOperation.READ)))).toEqual([]);
  });

  test('fails for commands that the gateway would refuse or take for others', () => {
    const bad = (...argv: Argument[]): string[] => said(aGateway({}, aCommand(...argv)));
    expect(said(aGateway({}, Tool.command('git_log', { argv: [Argument.literal('git')] })))).toEqual([
      'box/gateway: Tool "git_log": `description` is missing.',
    ]);
    expect(
      said(aGateway({}, Tool.command('log', { description: 'd', argv: [Argument.literal('wc')], gitHistory: true }))),
    ).toHaveLength(1);
    expect(bad(Argument.integer('n', { minimum: 1, maximum: 2 }), Argument.path('n'))).toEqual([
      'box/gateway: Tool "git_log": The parameter "n" is listed twice.',
    ]);
    expect(
      [
        Argument.literal(''),
        Argument.literal('a\nb'),
        Argument.path('A'),
        Argument.path('__proto__'),
        Argument.path('a', { prefix: '' }),
        Argument.path('a', { description: 'x'.repeat(301) }),
        Argument.integer('a', { minimum: 2, maximum: 1 }),
        Argument.integer('a', { minimum: NaN, maximum: 1 }),
        Argument.choice('a', { values: [] }),
        Argument.choice('a', { values: [''] }),
        Argument.choice('a', { values: ['b', 'b'] }),
        Argument.choice('a', { values: ['\u0000'] }),
        Argument.choice('a', { values: ['\ud800'] }),
      ].map((one) => bad(one).length),
    ).toEqual(Array(13).fill(1));
    expect(bad(...Array.from({ length: 64 }, (_, index) => Argument.literal(`a${index}`)))).toHaveLength(1);
  });

  test('fails for what codex has from elsewhere', () => {
    const aCodex = (more: object, address: EndpointOptions = {}) => (box: Toolbox): void => {
      const host = new HostOllama(box, 'host', { component: 'ollama', model: 'm' });
      new CodexCli(box, 'codex', {
        component: 'codex-cli',
        context: 'c',
        repository: 'box/codex',
        codexProfile: 'p',
        model: 'm',
        modelServer: host,
        modelEndpoint: host.endpoint(address),
        workspace: aVolume(box, 'work'),
        networks: [],
        ...more,
      });
    };
    expect(said(aCodex({ buildArgs: { PYTHON: 'yes' } }))).toEqual([]);
    expect(said(aCodex({ buildArgs: { CODEX_VERSION: '1' } }))).toEqual([
      'box/codex: The build argument CODEX_VERSION is given.',
    ]);
    expect(said(aCodex({ buildArgs: { WITH_PYTHON: 'true' } }))).toEqual([
      'box/codex: The build argument WITH_PYTHON is given.',
    ]);
    expect(said(aCodex({}, { scheme: '' }))).toHaveLength(1);
    expect(said(aCodex({}, { suffix: '/proxy' }))).toHaveLength(1);
    expect(said((box) => aCodex({ modelServer: aService(box, 'model') })(box))).toEqual([
      "box/codex: The address of the model server is another server's.",
    ]);
  });
});
