import { load } from 'js-yaml';
import { fileOf, Stack } from './parameter-stack';
import {
  EnvFile, EnvironmentValue, HealthCheck, Image, Mount, Place, Port, Secret, Size, User, Volume, Waiver,
} from '../../src/core';
import { Synthesis } from '../../src/synth';

/* eslint-disable @typescript-eslint/no-explicit-any -- any part of a document */
function composeOf(synthesis: Synthesis): any {
  return load(fileOf(synthesis, 'compose/docker-compose.draft.yml'));
}

describe('a parameter in Compose', () => {
  test('is a variable with its default, wherever a text stands', () => {
    const stack = new Stack();
    const text = stack.parameter('LEVEL', 'a $b');
    const tag = stack.parameter('TAG', '1.2.3');
    const folder = stack.parameter('DATA', './data');
    const outside = stack.parameter('MODELS', '/srv/models');
    new Waiver(stack.box, 'folders', { rule: 'mount-host-path', reason: 'People choose their folders.' });
    new Waiver(stack.box, 'tags', { rule: 'image-digest', reason: 'People choose the release.' });
    const volumes = [folder, outside].map((one, index) =>
      Volume.hostDirectory(stack.box, `volume-${index}`, { directory: one.asString(), size: Size.gibibytes(1) }),
    );
    const web = stack.service('web', {
      image: Image.fromRegistry('example/web', { tag: `${tag}-slim`, user: User.of(10001), healthTools: ['curl'] }),
      entrypoint: ['run', text.asString()],
      command: [`--level=${text}$`],
      workingDirectory: `/srv/${tag}`,
      environment: { LEVEL: EnvironmentValue.literal(`${text}/${tag}`) },
      healthCheck: HealthCheck.command(['curl', `x${text}`]),
      mounts: volumes.map((volume, index) => Mount.volume(volume, `/data/${index}`)),
    });
    web.overrideCompose('shm_size', `${stack.parameter('SHM', '1g')}`, 'Large pictures.');
    expect(composeOf(stack.synth()).services.web).toMatchObject({
      image: 'example/web:${TAG:-1.2.3}-slim',
      entrypoint: ['run', '${LEVEL:-a $$b}'],
      command: ['--level=${LEVEL:-a $$b}$$'],
      working_dir: '/srv/${TAG:-1.2.3}',
      environment: { LEVEL: '${LEVEL:-a $$b}/${TAG:-1.2.3}' },
      healthcheck: { test: ['CMD', 'curl', 'x${LEVEL:-a $$b}'] },
      volumes: [{ source: '../../${DATA:-./data}' }, { source: '${MODELS:-/srv/models}' }],
      shm_size: '${SHM:-1g}',
    });
  });

  test('is a number of a port, on the host and inside, and in what is derived from it', () => {
    const stack = new Stack();
    const port = stack.parameter('WEB_PORT', '8080');
    const web = stack.service('web', {
      ports: [
        Port.loopback(port.asNumber(), { hostPort: stack.parameter('HOST_PORT', '3000').asNumber() }),
        Port.loopback(9000, { hostPort: stack.parameter('REQUIRED_PORT').asNumber() }),
      ],
      healthCheck: HealthCheck.http(port.asNumber(), '/'),
    });
    const other = stack.service('other', {
      environment: { WEB: EnvironmentValue.endpoint(web.endpoint(port.asNumber())) },
    });
    other.addDependency(web);
    const synthesis = stack.synth();
    const { services } = composeOf(synthesis);
    expect(services.web.ports).toMatchObject([
      { target: 9000, published: '${REQUIRED_PORT:?set REQUIRED_PORT in .env.local}' },
      { target: '${WEB_PORT:-8080}', published: '${HOST_PORT:-3000}' },
    ]);
    expect(services.web.healthcheck.test.at(-1)).toBe('http://127.0.0.1:${WEB_PORT:-8080}/');
    expect(services.other.environment).toEqual({ WEB: 'http://web:${WEB_PORT:-8080}' });
    expect(synthesis.plan.services.map(({ ports }) => ports)).toMatchObject([
      [],
      [{ name: 'port-8080', port: 8080, hostPort: 3000 }, { port: 9000 }],
    ]);
    expect(fileOf(synthesis, 'services/web.yaml')).toContain('containerPort: 8080');
  });

  test('is listed in the example, on the pages and in the plan, with the command that reads it', () => {
    const stack = new Stack();
    const level = stack.parameter('LEVEL', 'very high', 'How much is logged.');
    stack.service('web', { command: [`${level}`] });
    const env = new EnvFile(stack.box, 'env');
    const key = new Secret(env, 'API_KEY', { description: 'A key.' });
    stack.service('other', { environment: { API_KEY: EnvironmentValue.secret(key) } });
    const synthesis = stack.synth();
    expect(fileOf(synthesis, '.env.local.example')).toContain("\n# How much is logged.\n# LEVEL='very high'\n");
    for (const page of ['STATUS.md', 'STATUS.de.md']) {
      const text = fileOf(synthesis, page);
      expect(text).toContain('| `LEVEL` | `very high` | How much is logged. | `box/web` (');
      expect(text).toContain('docker-compose.draft.yml --env-file .env.local up ');
    }
    const fidelity = fileOf(synthesis, 'FIDELITY.md');
    expect(fidelity).toContain('so LEVEL is its default "very high" at box/web');
    // the env file holds LEVEL as well, which this service does not name
    expect(composeOf(synthesis).services.other).toMatchObject({
      environment: { API_KEY: '${API_KEY:?set the secret API_KEY in .env.local}' },
    });
    expect(composeOf(synthesis).services.other).not.toHaveProperty('env_file');
    expect(synthesis.plan.parameters).toEqual([{
      path: 'box/LEVEL',
      name: 'LEVEL',
      description: 'How much is logged.',
      default: 'very high',
      uses: [{ path: 'box/web', place: 'command', places: ['cluster', 'workstation'] }],
    }]);
    expect(JSON.stringify(synthesis)).not.toContain('Parameter[');
  });

  test('has an example file also without secrets', () => {
    const stack = new Stack();
    stack.service('web', { command: [`${stack.parameter('LEVEL', 'high')}`] });
    const synthesis = stack.synth();
    expect(fileOf(synthesis, '.env.local.example')).toContain('\n# LEVEL=high\n');
    expect(fileOf(synthesis, 'STATUS.md')).toContain('cp -n dist/compose/.env.local.example .env.local');
  });
});

describe('the same bytes', () => {
  test('come out each time, although markers are random, and whatever the order', () => {
    const files = [false, true].map((isBackwards) => {
      const stack = new Stack();
      const names = isBackwards ? ['C', 'B', 'A'] : ['A', 'B', 'C'];
      const parameters = new Map(names.map((name) => [name, stack.parameter(`${name}_PORT`, '3000')]));
      stack.service('web', {
        environment: { ALL: EnvironmentValue.literal(['A', 'B', 'C'].map((name) => parameters.get(name)).join()) },
      });
      return stack.synth().files;
    });
    expect(files[0]).toEqual(files[1]);
  });
});

test('a parameter without a default is set on the workstation, where a cluster has no part in it', () => {
  const stack = new Stack();
  const name = stack.parameter('NAME');
  stack.service('web', { places: [Place.WORKSTATION], command: [`${name}`] });
  const synthesis = stack.synth();
  expect(composeOf(synthesis).services.web.command).toEqual(['${NAME:?set NAME in .env.local}']);
  expect(fileOf(synthesis, '.env.local.example')).toContain('\nNAME=\n');
});

test('a name that shells set is a warning', () => {
  const stack = new Stack();
  stack.service('web', { command: [`${stack.parameter('USER', 'me')}`] });
  expect(stack.synth().findings.map(({ rule }) => rule)).toContain('name-reserved');
});
