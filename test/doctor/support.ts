import { spawn } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { formatResults, NamedResult } from '../../src/doctor';
import { Examination } from '../../src/doctor/examination';
import { HttpAnswer } from '../../src/doctor/machine/ask-host';
import { ProgramAnswer } from '../../src/doctor/machine/run-program';
import { ClientPlan, HostServicePlan, PinPlan, Plan } from '../../src/plan/plan';
import { renderCompose } from '../../src/targets/compose';
import { aFolder, put, Result, ROOT } from '../cli/support';
import { aPlan, aService } from '../plan/plan-builder';

export const TODAY = '2026-11-22';

/** A machine that exists only in a test: what is not given is not there. */
export interface Machine {
  readonly root?: string;
  readonly composeFile?: string;
  readonly offline?: boolean;
  readonly platform?: string;
  /**
   * By command line; a text is what a program prints before it ends with 0. A `*` in a key stands for anything; the
   * first key that fits counts.
   */
  readonly programs?: Readonly<Record<string, string | ProgramAnswer | undefined>>;
  /** By path, or by `address path` where the address matters. */
  readonly server?: Readonly<Record<string, unknown>>;
  /** Addresses by interface. */
  readonly interfaces?: Readonly<Record<string, string>>;
  /** Milliseconds that pass with each program. */
  readonly slow?: number;
}

export interface Call {
  readonly words: string;
  readonly input: string | undefined;
}

/** An engine that answers, for checks that ask it first. */
export const ENGINE = {
  'docker version --format json': JSON.stringify({
    Server: { Version: '28.4.0', Platform: { Name: 'Docker Engine - Community' } },
  }),
  'docker info --format json': JSON.stringify({ NCPU: 4, MemTotal: 16 * 1024 ** 3, DockerRootDir: '/' }),
  'docker network inspect bridge --format {{json .IPAM.Config}}': JSON.stringify([
    { Subnet: '172.17.0.0/16', Gateway: '172.17.0.1' },
  ]),
};

/** What the engine says of a container; the rest is that of one that runs and is healthy. */
export interface GivenContainer {
  readonly name?: string;
  readonly service?: string;
  readonly state?: object;
  readonly composeFile?: string;
  readonly networks?: readonly string[];
  readonly ports?: object;
}

/** An engine with these containers of the toolbox. */
export function containersAre(...given: readonly GivenContainer[]): Record<string, string> {
  const lines = given.map(
    ({ name = 'box-web-1', service = 'web', state, composeFile = COMPOSE_FILE, networks = [], ports = {} }, index) => ({
      id: `${index}`.padStart(12, 'a'),
      name: `/${name}`,
      state: { Status: 'running', ExitCode: 0, Health: { Status: 'healthy' }, ...state },
      labels: { 'com.docker.compose.service': service, 'com.docker.compose.project.working_dir': dirname(composeFile) },
      networks: Object.fromEntries(networks.map((network) => [network, {}])),
      ports,
    }),
  );
  return {
    ...ENGINE,
    'docker compose *--dry-run*': '',
    'docker compose --file * ps --all --quiet': lines.map(({ id }) => `${id}\n`).join(''),
    'docker inspect --type container *': lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
  };
}

const COMPOSE_FILE = '/nowhere/dist/compose/docker-compose.draft.yml';

/** Lets a check look at such a machine; notes what it runs. */
export function anExamination(plan: Partial<Plan>, machine: Machine = {}, calls: Call[] = []): Examination {
  const {
    root = '/nowhere',
    offline = false,
    programs = {},
    server = {},
    interfaces = {},
    slow = 0,
    platform = 'linux',
  } = machine;
  let now = 0;
  return new Examination({
    plan: aPlan({ linterSuppressions: [], ...plan }),
    root,
    composeFile: machine.composeFile ?? COMPOSE_FILE.replace('/nowhere', root),
    offline,
    today: TODAY,
    platform,
    interfaces: Object.entries(interfaces).map(([name, address]) => ({ name, address })),
    isOwnAddress: (address) => Promise.resolve(Object.values(interfaces).includes(address)),
    clock: () => now,
    run: (program, words, { input } = {}) => {
      const line = [program, ...words].join(' ');
      calls.push({ words: line, input });
      now += slow;
      return Promise.resolve(programAnswer(programs, line, program));
    },
    ask: ({ host }, path) => Promise.resolve(serverAnswer(host, path, server)),
  });
}

function programAnswer(programs: NonNullable<Machine['programs']>, line: string, program: string): ProgramAnswer {
  const key = Object.hasOwn(programs, line)
    ? line
    : Object.keys(programs).find((one) => one.includes('*') && patternOf(one).test(line));
  const given = key === undefined ? undefined : programs[key];
  if (given === undefined) {
    return { kind: 'none', cause: 'missing', reason: `${program} is not on the PATH` };
  }
  return typeof given === 'string' ? { kind: 'ended', code: 0, out: given, err: '' } : given;
}

function patternOf(key: string): RegExp {
  return new RegExp(
    `^${key
      .split('*')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('[^]*')}$`,
  );
}

function serverAnswer(host: string, path: string, server: Readonly<Record<string, unknown>>): HttpAnswer {
  const key = [`${host} ${path}`, ...(host === '127.0.0.1' ? [path] : [])].find((one) => Object.hasOwn(server, one));
  return key === undefined
    ? { kind: 'none', cause: 'refused', reason: 'nothing listens there' }
    : { kind: 'json', value: server[key] };
}

/** What a program prints that fails. */
export function failing(err: string, code = 1): ProgramAnswer {
  return { kind: 'ended', code, out: '', err };
}

export function aPin(component: string, version: string | undefined, facts: Partial<PinPlan> = {}): PinPlan {
  return {
    component,
    title: component,
    version,
    runsOn: ['host'],
    artifact: { kind: 'none' },
    status: version === undefined ? 'undecided' : 'decided',
    notes: '',
    usedBy: [],
    location: { file: 'inventories/versions.yaml', line: 7 },
    ...facts,
  };
}

export function aHostService(facts: Partial<HostServicePlan> = {}): HostServicePlan {
  return {
    path: 'box/host-ollama',
    name: 'host-ollama',
    description: '',
    hostname: 'host.docker.internal',
    port: 11434,
    component: 'ollama',
    ...facts,
  };
}

export const AGENT: ClientPlan = {
  component: 'codex-cli',
  server: 'host-ollama',
  protocol: 'chat',
  protocolBefore: [0, 95, 0],
  asks: 'gpt-oss:20b',
};

/** A toolbox of an agent and the Ollama on the host that serves its model. */
export function anAgentPlan(facts: Partial<Plan> = {}, port = 11434): Partial<Plan> {
  return {
    services: [aService({ name: 'codex-cli', client: AGENT })],
    hostServices: [aHostService({ port })],
    pins: [
      aPin('ollama', '0.12.3'),
      aPin('codex-cli', '0.42.0', { runsOn: ['container', 'host'], artifact: { kind: 'npm', name: '@openai/codex' } }),
    ],
    ...facts,
  };
}

/** A project whose model is this plan, with its compose file. */
export function aProjectOf(plan: Partial<Plan>, findings: readonly object[] = []): string {
  const root = aFolder();
  const full = aPlan({ linterSuppressions: [], ...plan });
  const document = { schemaVersion: 1, source: 'app.js', outdir: 'dist', plan: full, findings, files: [] };
  renderCompose(full).files.forEach(({ path, content }) => put(root, join('dist', path), content));
  put(root, 'toolbox.json', JSON.stringify({ app: 'node app.js', outdir: 'dist' }));
  put(
    root,
    'app.js',
    `require('fs').writeFileSync(process.env.TOOLBOX_ASSEMBLY, ${JSON.stringify(JSON.stringify(document))});\n`,
  );
  return root;
}

/** Puts shell scripts where they are found by name; they can use what the shell itself has. */
export function aPath(scripts: Readonly<Record<string, string>>): string {
  const folder = aFolder();
  for (const [name, script] of Object.entries(scripts)) {
    put(folder, name, `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

/** Runs the command beside this process, which may have to answer it; only the given programs are found. */
export function toolboxBeside(cwd: string, path: string, ...args: readonly string[]): Promise<Result> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(ROOT, 'bin', 'toolbox'), ...args], {
      cwd,
      env: { ...process.env, PATH: path },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said.out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said.err += text;
    });
    child.once('close', (code) => resolve({ code, ...said }));
  });
}

export interface Server {
  readonly port: number;
  close(): void;
}

/** A server on the loopback that answers as scripted. */
export function aServer(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer(answer);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({
        port: (server.address() as AddressInfo).port,
        close: () => {
          server.closeAllConnections();
          server.close();
        },
      }),
    );
  });
}

const ESCAPES = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e]/;

/** Results by name, once a terminal has nothing in them that it would obey. */
export function harmless(results: readonly NamedResult[]): Record<string, NamedResult> {
  expect(formatResults(results, false)).not.toMatch(ESCAPES);
  return Object.fromEntries(results.map((result) => [result.name, result]));
}
