import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { FakeToolbox } from './support';

let toolbox: FakeToolbox;
beforeEach(() => {
  toolbox = new FakeToolbox();
  toolbox.gatewayRuns();
});
afterEach(() => toolbox.remove());

interface Failure {
  readonly title: string;
  readonly code: number;
  readonly sentence: RegExp;
  readonly fix: RegExp;
  readonly env?: Record<string, string>;
  readonly prepare?: () => void;
}

const FAILURES: Failure[] = [
  {
    title: 'Docker is missing',
    code: 70,
    sentence: /Docker is not installed/,
    fix: /Install Docker/,
    prepare: () => toolbox.withoutDocker(),
  },
  {
    title: 'the engine is down',
    code: 71,
    sentence: /does not answer/,
    fix: /systemctl start docker/,
    env: { FAKE_ENGINE: 'down' },
  },
  {
    title: 'the engine hangs',
    code: 71,
    sentence: /is there, but has not answered within 30 seconds/,
    fix: /Try again when .* docker info/,
    env: { FAKE_ENGINE: 'hangs', FAKE_IMPATIENT: 'yes' },
  },
  {
    title: 'the engine is forbidden',
    code: 71,
    sentence: /may not talk/,
    fix: /group "docker"/,
    env: { FAKE_ENGINE: 'forbidden' },
  },
  {
    title: 'Compose is missing',
    code: 72,
    sentence: /Docker Compose v2 is missing/,
    fix: /docker-compose-plugin/,
    env: { FAKE_NO_COMPOSE: 'yes' },
  },
  {
    title: 'the compose file is missing',
    code: 73,
    sentence: /no compose file in /,
    fix: /npx projen synth/,
    prepare: () => rmSync(toolbox.draft),
  },
  {
    title: 'the named compose file is missing',
    code: 73,
    sentence: /nowhere.yml does not exist/,
    fix: /TOOLBOX_COMPOSE_FILE/,
    env: { TOOLBOX_COMPOSE_FILE: 'nowhere.yml' },
  },
  {
    title: 'the secrets are missing',
    code: 74,
    sentence: /\.env\.local is missing/,
    fix: /\.env\.local\.example there.*chmod 600/,
    prepare: () => rmSync(toolbox.envFile),
  },
  {
    title: 'a file is missing from which Compose reads a secret',
    code: 74,
    sentence: /config\/app\.env is missing/,
    fix: /compose\/config\/app\.env\.example there/,
    prepare: () => toolbox.addEnvironment("'${A:?set the secret A in config/app.env}'"),
  },
  {
    title: 'the image is not built',
    code: 75,
    sentence: /codex-cli:0.42.0 is not built/,
    fix: /docker compose -f .* build codex-cli/,
    env: { FAKE_MISSING_IMAGES: 'garvis/codex-cli:0.42.0' },
  },
  {
    title: 'the user is no user',
    code: 64,
    sentence: /GCODEX_USER is 'me'/,
    fix: /UID:GID/,
    env: { GCODEX_USER: 'me' },
  },
];

test.each(FAILURES)('fails with code $code and one sentence when $title', ({ code, sentence, fix, env, prepare }) => {
  prepare?.();
  const result = toolbox.run(['exec', 'ping'], { env });
  const lines = result.stderr.trimEnd().split('\n');
  expect(result).toMatchObject({ code, stdout: '' });
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^gcodex: /);
  expect(lines[0]).toMatch(sentence);
  expect(lines[1]).toMatch(fix);
  expect(toolbox.inContainer()).toBeUndefined();
});

test('the help documents every exit code that gcodex and the programs of its image give', () => {
  const root = join(__dirname, '..', '..');
  const folders = ['bin/gcodex.d', 'containers/codex-cli/bin', 'containers/codex-cli/negotiate'].map((folder) =>
    join(root, folder),
  );
  const text = folders
    .flatMap((folder) => readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8')))
    .join('\n');
  const given = [...text.matchAll(/\b[A-Z_]+(?:=|: )([678]\d)\b/g)].map((match) => match[1]);
  const { stdout, code } = toolbox.run(['--help']);
  const documented = [...stdout.matchAll(/(?:^ {2}| {2})([678]\d) {2}/gm)].map((match) => match[1]);
  expect(code).toBe(0);
  expect([...new Set(given)].sort()).toEqual(documented.sort());
});

test('the help needs neither Docker nor a toolbox', () => {
  toolbox.withoutDocker();
  rmSync(toolbox.draft);
  expect(toolbox.run(['--help']).stdout).toMatch(/^Usage: gcodex/);
  expect(existsSync(join(toolbox.root, 'calls'))).toBe(false);
});
