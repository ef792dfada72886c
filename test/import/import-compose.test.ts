import { fileOf, importText, problemsOf } from './support';
import { Outcome } from '../../src/import/ledger';
import { codeBlocks, compile, readPage } from '../samples';

const WEB = `
name: shop
services:
  web:
    image: caddy:2.8.4
`;

test('docs/import.md shows what an import makes of its compose file', () => {
  const page = readPage('docs/import.md');
  const [source] = codeBlocks(page, 'yml');
  const result = importText(source, { name: 'docker-compose.yml' });
  expect(problemsOf(result)).toEqual([]);
  expect(fileOf(result, 'src/main.ts')).toBe(codeBlocks(page, 'ts')[0]);
});

test('the model compiles, and its lines have at most 120 characters', () => {
  const result =
    importText(`${WEB}    command: ["--very-long", "${'word '.repeat(60)}", "\${GREETING:-hello}${' \${WORD:-x}'.repeat(20)}"]
    environment:
      A: "it's"
      B: "line one\\nline two"
      __proto__: x
`);
  const main = fileOf(result, 'src/main.ts');
  expect(problemsOf(result)).toEqual([]);
  expect(compile({ 'test/imported.ts': main })).toEqual([]);
  expect(main.split('\n').filter((line) => line.length > 120)).toEqual([]);
});

test('passwords are in .env.local only', () => {
  const result = importText(`${WEB}    environment:
      POSTGRES_PASSWORD: hunter2-Kq8
      API_TOKEN: \${API_TOKEN:-tok-9f8e7d6c5b4a}
      # OLD_PASSWORD: zx81-spectrum
      LEVEL: info
`);
  const holding = (text: string) =>
    result.files.filter(({ content }) => content.includes(text)).map(({ path }) => path);
  expect(problemsOf(result)).toEqual([]);
  expect(holding('hunter2-Kq8')).toEqual(['.env.local']);
  expect(holding('tok-9f8e7d6c5b4a')).toEqual(['.env.local']);
  expect(holding('zx81-spectrum')).toEqual([]);
  expect(result.files.filter(({ isSecret }) => isSecret).map(({ path }) => path)).toEqual(['.env.local']);
});

test('a key that the model does not say is kept as an override and reported', () => {
  const result = importText(`${WEB}    blkio_config: { weight: 300 }
    x-owner: me
`);
  expect(fileOf(result, 'src/main.ts')).toContain(
    "web.overrideCompose('blkio_config', { weight: 300 }, 'As in compose.yaml:6.');",
  );
  expect(result.entries.filter(({ outcome }) => outcome === Outcome.OVERRIDE).map(({ path }) => path.join('.')))
    .toContain('services.web.blkio_config.weight');
  expect(fileOf(result, 'IMPORT.md')).toContain('| `compose.yaml:6` | `services.web.blkio_config.weight` | override |');
});

test('every value of the source is accounted for', () => {
  const result = importText(`${WEB}    ports:
      - 80:80
      - 127.0.0.1:443:443/udp
    volumes:
      - data:/data
      - ./site:/srv:ro
    healthcheck: { test: curl -f localhost, interval: 5s, start_interval: 1s }
volumes:
  data: {}
  unused: { driver: local }
`);
  const page = fileOf(result, 'IMPORT.md');
  for (const key of [
    'name',
    'image',
    'ports[0]',
    'ports[1]',
    'volumes[0]',
    'volumes[1]',
    'healthcheck',
    'start_interval',
    'data',
    'unused',
  ]) {
    expect(page).toContain(key);
  }
  expect(problemsOf(result)).toEqual([]);
});

test('volumes keep the names that the engine knows', () => {
  const result = importText(`${WEB}    volumes: [data:/data]\nvolumes: { data: {} }\n`);
  expect(fileOf(result, 'src/main.ts')).toContain("new Toolbox('shop'");
  expect(problemsOf(result)).toEqual([]);
});

test('variables become parameters with their defaults', () => {
  const result = importText(`${WEB}    ports: ["\${WEB_PORT:-8080}:80"]\n    command: ["--level=\${LEVEL:-info}"]\n`);
  const main = fileOf(result, 'src/main.ts');
  expect(main).toContain("new Parameter(toolbox, 'WEB_PORT', { default: '8080'");
  expect(main).toContain('Port.published(80, { hostPort: webPort.asNumber() })');
  expect(main).toContain('command: [`--level=${level}`]');
});
