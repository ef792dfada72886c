import { ChildProcess, spawn, spawnSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../e2e/harness/process';

const INSTALLED =
  process.env.TOOLBOX_API_SERVER ??
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'toolbox-constructs/api-server');

/** A controller would create it. */
const ACCOUNT = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } };

/** An object as a manifest has it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly [key: string]: unknown;
}

interface Answer {
  readonly code: number;
  readonly message: string;
  readonly warnings: readonly string[];
  readonly body: { readonly [key: string]: unknown };
}

/** An API server and its etcd, with all state in one folder. Nothing runs what is admitted. */
export class ApiServer {
  /** Starts both and waits until they are ready. */
  public static async start(folder: string): Promise<ApiServer> {
    mkdirSync(folder, { recursive: true });
    const [clients, peers, port] = await Promise.all([freePort(), freePort(), freePort()]);
    const server = new ApiServer(folder, clients, peers, port);
    try {
      await eventually('the API server answers', 90, async () =>
        (await server.send('GET', '/readyz').catch(() => undefined))?.code === 200 || undefined);
    } catch (error) {
      server.stop();
      throw new Error(`${(error as Error).message}\n${server.log()}`);
    }
    return server;
  }

  /** For kubectl. */
  public readonly kubeconfig: string;
  private readonly token = randomBytes(16).toString('hex');
  private readonly processes: readonly ChildProcess[];
  private readonly agent = new Agent({ keepAlive: true, rejectUnauthorized: false });
  private readonly paths = new Map<string, Promise<Map<string, string>>>();

  private constructor(private readonly folder: string, clients: number, peers: number, private readonly port: number) {
    this.kubeconfig = join(folder, 'kubeconfig');
    const key = join(folder, 'accounts.key');
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(key, privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 });
    writeFileSync(this.kubeconfig, kubeconfig(port, this.token), { mode: 0o600 });
    const tokens = join(folder, 'tokens.csv');
    writeFileSync(tokens, `${this.token},it,it,system:masters\n`, { mode: 0o600 });
    const etcd = `http://127.0.0.1:${clients}`;
    const peer = `http://127.0.0.1:${peers}`;
    this.processes = [
      this.run('etcd', [
        '--data-dir', join(folder, 'etcd'), '--unsafe-no-fsync', '--log-level', 'warn',
        '--listen-client-urls', etcd, '--advertise-client-urls', etcd,
        '--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer, '--initial-cluster', `default=${peer}`,
      ]),
      this.run('kube-apiserver', [
        '--etcd-servers', etcd, '--bind-address', '127.0.0.1', '--secure-port', String(port),
        '--cert-dir', join(folder, 'certificates'), '--token-auth-file', tokens, '--authorization-mode', 'RBAC',
        '--service-account-issuer', 'https://kubernetes.default.svc', '--service-account-key-file', key,
        '--service-account-signing-key-file', key, '--service-cluster-ip-range', '10.0.0.0/16',
      ]),
    ];
  }

  /** Creates a namespace, and the accounts without which no pod is admitted. */
  public async createNamespace(object: KubernetesObject, accounts: readonly KubernetesObject[]): Promise<void> {
    const account = { ...ACCOUNT, metadata: { ...ACCOUNT.metadata, namespace: object.metadata.name } };
    for (const one of [object, account, ...accounts]) {
      const { code, message } = await this.create(one, false);
      if (code >= 300 && code !== 409) { throw new Error(message); }
    }
  }

  /** Creates a class of runtimes, as an administrator would. */
  public async createRuntime(name: string): Promise<void> {
    await this.create({ apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata: { name }, handler: name }, false);
  }

  /** What the server says against an object, by default without keeping it. */
  public async create(object: KubernetesObject, isDry = true): Promise<Answer> {
    const paths = await this.pathsOf(object.apiVersion);
    const path = paths.get(object.kind);
    if (path === undefined) { throw new Error(`The server knows no ${object.apiVersion} ${object.kind}.`); }
    const options = `fieldValidation=Strict${isDry ? '&dryRun=All' : ''}`;
    return this.send('POST', `${path.replace('{namespace}', object.metadata.namespace ?? '')}?${options}`, object);
  }

  /** Runs kubectl against this server. */
  public kubectl(...args: readonly string[]): { readonly code: number; readonly out: string; readonly err: string } {
    const { status, stdout, stderr, error } = spawnSync('kubectl', [...args], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: this.folder, KUBECONFIG: this.kubeconfig },
      timeout: 120_000,
    });
    if (error !== undefined) { throw error; }
    return { code: status ?? -1, out: stdout, err: stderr };
  }

  public stop(): void {
    this.agent.destroy();
    this.processes.forEach((one) => one.kill('SIGKILL'));
  }

  private log(): string {
    return ['etcd', 'kube-apiserver'].map((name) => readFileSync(join(this.folder, `${name}.log`), 'utf8').slice(-2000))
      .join('\n');
  }

  private run(program: string, args: readonly string[]): ChildProcess {
    const log = openSync(join(this.folder, `${program}.log`), 'w');
    const child = spawn(join(INSTALLED, program), args, { stdio: ['ignore', log, log] });
    closeSync(log);
    return child;
  }

  /** Paths of a group's collections, by kind. */
  private pathsOf(apiVersion: string): Promise<Map<string, string>> {
    const known = this.paths.get(apiVersion);
    if (known !== undefined) { return known; }
    const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const paths = this.send('GET', group).then(({ body }) => {
      const resources = (body.resources ?? []) as { name: string; kind: string; namespaced: boolean }[];
      return new Map(resources.filter(({ name }) => !name.includes('/')).map(({ name, kind, namespaced }) =>
        [kind, namespaced ? `${group}/namespaces/{namespace}/${name}` : `${group}/${name}`]));
    });
    this.paths.set(apiVersion, paths);
    return paths;
  }

  private send(method: string, path: string, content?: object): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          host: '127.0.0.1',
          port: this.port,
          agent: this.agent,
          method,
          path,
          headers: {
            'content-type': 'application/json',
            'accept': 'application/json',
            'authorization': `Bearer ${this.token}`,
          },
        },
        (response) => {
          let text = '';
          response
            .setEncoding('utf8')
            .on('data', (chunk: string) => {
              text += chunk;
            })
            .on('end', () => {
              const body = text.startsWith('{') ? (JSON.parse(text) as Answer['body']) : {};
              const warning = response.headers.warning ?? '';
              resolve({
                code: response.statusCode ?? 0,
                message: String(body.message ?? text),
                warnings: warning === '' ? [] : [warning],
                body,
              });
            });
        },
      );
      sent.on('error', reject).end(content && JSON.stringify(content));
    });
  }
}

function kubeconfig(port: number, token: string): string {
  return JSON.stringify({
    'apiVersion': 'v1',
    'kind': 'Config',
    'clusters': [
      { name: 'it', cluster: { 'server': `https://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true } },
    ],
    'users': [{ name: 'it', user: { token } }],
    'contexts': [{ name: 'it', context: { cluster: 'it', user: 'it' } }],
    'current-context': 'it',
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { readonly port: number };
      server.close(() => resolve(port));
    });
  });
}
