import { spawn } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { HttpAnswer } from '../../src/doctor/ask-host';
import { Examination } from '../../src/doctor/examination';
import { ProgramAnswer } from '../../src/doctor/run-program';
import { AgentPlan, HostServicePlan, PinPlan, Plan } from '../../src/plan/plan';
import { aFolder, put, Result, ROOT } from '../cli/support';
import { aPlan, aService } from '../plan/plan-builder';

export const TODAY = '2026-11-22';

/** Programs and servers of a machine that never was: what is not given does not exist. */
export interface Machine {
  readonly root?: string;
  readonly offline?: boolean;
  /** By command line; a text is what a program prints before it ends well. */
  readonly programs?: Readonly<Record<string, string | ProgramAnswer | undefined>>;
  /** By path. */
  readonly server?: Readonly<Record<string, unknown>>;
}

/** Lets a check look at a made-up machine. */
export function anExamination(plan: Partial<Plan>, { root = '/nowhere', offline = false, programs = {}, server = {} }: Machine = {}): Examination {
  return {
    plan: aPlan({ exceptions: [], ...plan }),
    root,
    offline,
    today: TODAY,
    run: (program, ...words) => Promise.resolve(programAnswer(programs[[program, ...words].join(' ')], program)),
    ask: (_, path) => Promise.resolve(serverAnswer(path, server)),
  };
}

function programAnswer(given: string | ProgramAnswer | undefined, program: string): ProgramAnswer {
  if (given === undefined) return { kind: 'none', missing: true, reason: `${program} is not on the PATH` };
  return typeof given === 'string' ? { kind: 'ended', code: 0, out: given, err: '' } : given;
}

function serverAnswer(path: string, server: Readonly<Record<string, unknown>>): HttpAnswer {
  return Object.hasOwn(server, path) ? { kind: 'json', value: server[path] } : { kind: 'none', silent: true, reason: 'nothing listens there' };
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
  return { path: 'box/host-ollama', name: 'host-ollama', description: '', hostname: 'host.docker.internal', port: 11434, component: 'ollama', ...facts };
}

export const AGENT: AgentPlan = {
  component: 'codex-cli', version: '0.42.0', wireApi: 'chat', mcpTransport: 'none', modelServer: 'host-ollama', model: 'gpt-oss:20b',
};

/** A toolbox of an agent and the Ollama on the host that serves its model. */
export function anAgentPlan(facts: Partial<Plan> = {}, port = 11434): Partial<Plan> {
  return {
    services: [aService({ name: 'codex-cli', agent: AGENT })],
    hostServices: [aHostService({ port })],
    pins: [aPin('ollama', '0.12.3'), aPin('codex-cli', '0.42.0', { runsOn: ['container', 'host'], artifact: { kind: 'npm', name: '@openai/codex' } })],
    ...facts,
  };
}

/** A project whose model is this plan. */
export function aProjectOf(plan: Partial<Plan>, findings: readonly object[] = []): string {
  const root = aFolder();
  const document = { schemaVersion: 1, source: 'app.js', outdir: 'dist', plan: aPlan({ exceptions: [], ...plan }), findings, files: [] };
  put(root, 'toolbox.json', JSON.stringify({ app: 'node app.js', outdir: 'dist' }));
  put(root, 'app.js', `require('fs').writeFileSync(process.env.TOOLBOX_ASSEMBLY, ${JSON.stringify(JSON.stringify(document))});\n`);
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
    const child = spawn(process.execPath, [join(ROOT, 'bin', 'toolbox'), ...args], { cwd, env: { ...process.env, PATH: path }, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => { said.out += text; });
    child.stderr.setEncoding('utf8').on('data', (text: string) => { said.err += text; });
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
    server.listen(0, '127.0.0.1', () => resolve({
      port: (server.address() as AddressInfo).port,
      close: () => {
        server.closeAllConnections();
        server.close();
      },
    }));
  });
}
