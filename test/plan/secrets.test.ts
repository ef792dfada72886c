import { load, loadAll } from 'js-yaml';
import { errorsOf, fileOf, Stack } from './parameter-stack';
import { EnvFile, EnvironmentValue, HostService, Mount, Port, Secret, SecretFile } from '../../src/core';
import { Synthesis } from '../../src/synth';
import { readCompose } from '../../src/targets/compose/read/read-compose';
import { readKubernetes } from '../../src/targets/kubernetes/read/read-kubernetes';

/* eslint-disable @typescript-eslint/no-explicit-any -- any part of a document */
function composeService(synthesis: Synthesis, name: string): any {
  return (load(fileOf(synthesis, 'compose/docker-compose.draft.yml')) as any).services[name];
}

function container(synthesis: Synthesis, name: string): any {
  const objects = loadAll(fileOf(synthesis, `services/${name}.yaml`)) as any[];
  return objects.find(({ kind }) => kind === 'Deployment').spec.template.spec.containers[0];
}
/* eslint-enable @typescript-eslint/no-explicit-any */

/** A stack with an env file of two keys, and a database. */
class Secrets extends Stack {
  public readonly env = new EnvFile(this.box, 'env');
  public readonly password = new Secret(this.env, 'DB_PASSWORD', { description: 'Password of the database' });
  public readonly token = new Secret(this.env, 'TOKEN', { description: 'A token' });
  public readonly db = this.service('db', { ports: [Port.internal(5432)] });

  public app(environment: Record<string, EnvironmentValue>): Synthesis {
    this.service('app', { environment });
    return this.synth();
  }
}

const PASSWORD = '${DB_PASSWORD:?set the secret DB_PASSWORD in .env.local}';
const TOKEN = '${TOKEN:?set the secret TOKEN in .env.local}';

describe('a secret under another variable name', () => {
  test('is read by Compose, and by the kubelet from its key', () => {
    const stack = new Secrets();
    const synthesis = stack.app({ DB_PASS: EnvironmentValue.secret(stack.password) });
    expect(composeService(synthesis, 'app').environment).toEqual({ DB_PASS: PASSWORD });
    expect(composeService(synthesis, 'app')).not.toHaveProperty('env_file');
    expect(container(synthesis, 'app').env).toEqual([
      { name: 'DB_PASS', valueFrom: { secretKeyRef: { name: 'env', key: 'DB_PASSWORD' } } },
    ]);
  });
});

describe('a secret in a composed value', () => {
  test('stays out of both files, and host and port follow the other service', () => {
    const stack = new Secrets();
    const { db, password } = stack;
    const synthesis = stack.app({
      DATABASE_URL: EnvironmentValue.concat('postgresql://app:', password, '@', db.host, ':', db.port(5432), '/app'),
      DB_HOST: db.host,
      DB_PORT: db.port(5432),
    });
    expect(composeService(synthesis, 'app').environment).toEqual({
      DATABASE_URL: `postgresql://app:${PASSWORD}@db:5432/app`,
      DB_HOST: 'db',
      DB_PORT: '5432',
    });
    expect(container(synthesis, 'app').env).toEqual([
      { name: 'DB_HOST', value: 'db' },
      { name: 'DB_PORT', value: '5432' },
      { name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'env', key: 'DB_PASSWORD' } } },
      { name: 'DATABASE_URL', value: 'postgresql://app:$(DB_PASSWORD)@db:5432/app' },
    ]);
    expect(fileOf(synthesis, 'FIDELITY.md')).toContain('the pod also has DB_PASSWORD');
  });

  test('uses the variable that holds it already, and another name if that is taken', () => {
    const stack = new Secrets();
    const synthesis = stack.app({
      A_URL: EnvironmentValue.concat('a:', stack.password),
      B_URL: EnvironmentValue.concat('b:', stack.token),
      DB_PASSWORD: EnvironmentValue.secret(stack.password),
      TOKEN: EnvironmentValue.literal('none'),
    });
    expect(container(synthesis, 'app').env.map(({ name }: { name: string }) => name)).toEqual(
      ['DB_PASSWORD', 'TOKEN', 'TOKEN_', 'A_URL', 'B_URL'],
    );
    expect(container(synthesis, 'app').env.at(-1).value).toBe('b:$(TOKEN_)');
  });

  test('keeps every dollar of the text around it', () => {
    const stack = new Secrets();
    const parts = ['$', '(A)', stack.password, '$', stack.token, '$$', '${B}', '$(C)'];
    const synthesis = stack.app({ URL: EnvironmentValue.concat(...parts) });
    expect(composeService(synthesis, 'app').environment.URL).toBe(`$$(A)${PASSWORD}$$${TOKEN}$$$$$\${B}$$(C)`);
    expect(container(synthesis, 'app').env.at(-1).value).toBe('$$(A)$(DB_PASSWORD)$$$(TOKEN)$$$$$${B}$$(C)');
  });

  test('is read back alike from both targets', () => {
    const stack = new Secrets();
    const { db, password, token } = stack;
    const synthesis = stack.app({
      DATABASE_URL: EnvironmentValue.concat('p://a:', password, '@', db.host, '?$(x)=', token),
      DB_PASS: EnvironmentValue.secret(password),
    });
    const compose = readCompose(load(fileOf(synthesis, 'compose/docker-compose.draft.yml')), new Map())
      .services.find(({ name }) => name === 'app')!;
    const kubernetes = readKubernetes(loadAll(fileOf(synthesis, 'services/app.yaml')))
      .services.find(({ name }) => name === 'app')!;
    for (const { environment, interpolations, secrets } of [compose, kubernetes]) {
      expect({ environment, interpolations }).toEqual({
        environment: [{ name: 'DATABASE_URL', value: 'p://a:${DB_PASSWORD}@db?$(x)=${TOKEN}' }],
        interpolations: [],
      });
      expect(secrets.map(({ name, key }) => `${name}=${key}`).sort()).toEqual(
        ['DB_PASS=DB_PASSWORD', 'DB_PASSWORD=DB_PASSWORD', 'TOKEN=TOKEN'],
      );
    }
  });

  test('must reach the host that it names', () => {
    const stack = new Secrets();
    const host = new HostService(stack.box, 'host', { port: 1234 });
    const closed = stack.service('closed', {
      networks: [],
      environment: { A: EnvironmentValue.concat(stack.db.host) },
    });
    closed.addEnvironment('B', EnvironmentValue.concat('x', host.host));
    stack.service('silent');
    closed.addEnvironment('C', stack.service('no-port').host);
    expect(errorsOf(stack.synth())).toEqual([
      'endpoint-unreachable box/closed: Refers to the address db:5432, but shares no network with it.',
      'endpoint-unreachable box/closed: Refers to the address of "host" on the host, but none of its networks reaches the host.',
      'endpoint-unreachable box/closed: Refers to the address of "host", which has no replacement in a cluster.',
      'endpoint-unreachable box/closed: Refers to the host name of "no-port", which has no port or is not part of this toolbox.',
    ]);
  });
});

describe('a secret as a file', () => {
  test('is a secret of the compose file and of the cluster, at the path that variables name', () => {
    const stack = new Secrets();
    const file = new SecretFile(stack.box, 'db-password', { description: 'Password', file: 'secrets/db.txt' });
    const mount = Mount.secret(file);
    stack.service('app', {
      readOnlyRoot: false,
      mounts: [mount, Mount.secret(stack.token, { path: '/etc/token', mode: '0440' })],
      environment: { PASSWORD_FILE: EnvironmentValue.literal(mount.path) },
    });
    const synthesis = stack.synth();
    expect(mount.path).toBe('/run/secrets/db-password');
    expect(load(fileOf(synthesis, 'compose/docker-compose.draft.yml'))).toMatchObject({
      secrets: { 'TOKEN': { environment: 'TOKEN' }, 'db-password': { file: '../../secrets/db.txt' } },
    });
    expect(composeService(synthesis, 'app').secrets).toEqual([
      { source: 'TOKEN', target: '/etc/token', mode: 0o440 },
      { source: 'db-password', target: '/run/secrets/db-password' },
    ]);
    expect(container(synthesis, 'app').volumeMounts).toMatchObject([
      { mountPath: '/etc/token', subPath: 'TOKEN', readOnly: true },
      { mountPath: '/run/secrets/db-password', subPath: 'db.txt', readOnly: true },
    ]);
    const [, app] = loadAll(fileOf(synthesis, 'services/app.yaml')) as { spec: { template: { spec: object } } }[];
    expect(app.spec.template.spec).toMatchObject({
      volumes: [
        { secret: { secretName: 'env', items: [{ key: 'TOKEN', path: 'TOKEN' }], defaultMode: 0o440 } },
        { secret: { secretName: 'db-password', items: [{ key: 'db.txt', path: 'db.txt' }], defaultMode: 0o444 } },
      ],
    });
    const status = fileOf(synthesis, 'STATUS.md');
    expect(status).toContain('--from-file=db.txt=secrets/db.txt');
    expect(status).toContain('| `secrets/db.txt` | whole file | Password | `app` |');
    expect(status).toContain('touch secrets/db.txt && chmod 644 secrets/db.txt');
    expect(status).toContain('--env-file .env.local');
  });

  test('of an env file needs a root that an engine can write, and permissions are octal', () => {
    const stack = new Secrets();
    stack.service('app', { mounts: [Mount.secret(stack.token)] });
    stack.service('odd', {
      mounts: [Mount.secret(new SecretFile(stack.box, 'f', { description: 'd' }), { mode: 'r--' })],
    });
    expect(errorsOf(stack.synth())).toEqual([
      'secret-mount box/app: Compose cannot write the key TOKEN to a file in a container with a read-only root.',
      'secret-mount box/odd: "r--" is not a valid file mode for the secret at /run/secrets/f.',
    ]);
  });
});

describe('an env file', () => {
  test('is handed over where a service names every key, and not where it names some', () => {
    const stack = new Secrets();
    const { password, token } = stack;
    stack.service('all', {
      environment: { DB_PASSWORD: EnvironmentValue.secret(password), TOKEN: EnvironmentValue.secret(token) },
    });
    const synthesis = stack.app({ TOKEN: EnvironmentValue.secret(token) });
    expect(composeService(synthesis, 'all')).not.toHaveProperty('environment');
    expect(composeService(synthesis, 'all').env_file).toEqual([{ path: '../../.env.local', required: false }]);
    expect(composeService(synthesis, 'app').environment).toEqual({ TOKEN });
    expect(composeService(synthesis, 'app')).not.toHaveProperty('env_file');
    expect(fileOf(synthesis, 'STATUS.md')).toContain('docker-compose.draft.yml --env-file .env.local up ');
  });

  test('is handed over whole where that is asked for, from a folder as well', () => {
    const stack = new Secrets();
    const more = new EnvFile(stack.box, 'more', { file: 'config/app.env' });
    new Secret(more, 'APP_KEY', { description: 'A key' });
    stack.service('whole', { envFiles: [more] }).addEnvFile(stack.env);
    const synthesis = stack.synth();
    expect(composeService(synthesis, 'whole').env_file).toEqual([
      { path: '../../.env.local', required: false },
      { path: '../../config/app.env', required: false },
    ]);
    expect(container(synthesis, 'whole').envFrom).toEqual([
      { secretRef: { name: 'env' } },
      { secretRef: { name: 'more' } },
    ]);
    expect(fileOf(synthesis, 'compose/config/app.env.example')).toContain('\nAPP_KEY=\n');
    expect(fileOf(synthesis, 'STATUS.md')).toContain(
      'mkdir -p config && cp -n dist/compose/config/app.env.example config/app.env && chmod 600 config/app.env\n',
    );
    expect(fileOf(synthesis, 'STATUS.md')).not.toContain('--env-file');
    expect(synthesis.plan.envFiles.map(({ keys }) => keys.map(({ usedBy }) => usedBy))).toEqual(
      [[['whole'], ['whole']], [['whole']]],
    );
  });

  test('shares no key with another one that Compose reads', () => {
    const stack = new Secrets();
    const more = new EnvFile(stack.box, 'more', { file: 'more.env' });
    const twin = new Secret(more, 'TOKEN', { description: 'Another token' });
    stack.parameter('DB_PASSWORD', 'x');
    stack.service('app', { environment: { A: EnvironmentValue.secret(twin) } });
    expect(errorsOf(stack.synth())).toEqual([
      'name-duplicate box/DB_PASSWORD: box/DB_PASSWORD has the name "DB_PASSWORD" of box/env/DB_PASSWORD, '
        + 'and Compose reads both as one variable.',
      'name-duplicate box/more/TOKEN: box/more/TOKEN has the name "TOKEN" of box/env/TOKEN, '
        + 'and Compose reads both as one variable.',
    ]);
  });
});
