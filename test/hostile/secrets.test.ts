import { expectThere, shownBy, testEvery } from './every-input';
import { Kit, SUBJECTS } from './every-property';
import { outcome, serviceOutcome } from './outcome';
import { filesOf, MANIFEST, readAlike } from './readers';
import { EnvFile, EnvironmentValue, Image, Secret, Testing, Toolbox, User } from '../../src/core';
import { aService } from '../rules/support';

/** Refused wherever it stands, and repeated nowhere. */
function expectSecret(name: string, value: string): void {
  const image = Image.fromBuild('containers/codex-cli', {
    repository: 'a/b',
    tag: '1.2.3',
    args: { [name]: value },
    user: User.of(10001),
    healthTools: ['curl'],
  });
  for (const props of [{ environment: { [name]: EnvironmentValue.literal(value) } }, { image }]) {
    const { rules, findings, output } = serviceOutcome(props);
    expect({ rules, output }).toEqual({ rules: ['secret-value'], output: '' });
    expect(JSON.stringify(findings)).not.toContain(value);
  }
}

function aSecretOf(box: Toolbox, name: string): void {
  const secret = new Secret(new EnvFile(box, 'env'), name, { description: 'd' });
  aService(box, 'app', { environment: { [name]: EnvironmentValue.secret(secret) } });
}

const TOKENS = [
  // in pieces, for linters that look for secrets in here
  ['sk', 'abcdefghij0123456789'].join('-'),
  `ghp_${'0aA'.repeat(12)}`,
  ['AKIA', 'ABCDEFGHIJKLMNOP'].join(''),
  'http://me:hunter2-pw@host/x',
  ['/-----BEGIN RSA', 'PRIVATE KEY-----MIIsecretbody'].join(' '),
];
const LEAKED = /sk-abcdefghij|0aA0aA|AKIAABCD|hunter2-pw|MIIsecret/;

describe('a secret in the place of anything', () => {
  test.each(SUBJECTS)('$name: is refused, and repeated nowhere', ({ props, make }) => {
    const build = make as (kit: Kit, given: object) => unknown;
    for (const [key, value] of Object.entries(props(new Kit()))) {
      for (const token of TOKENS) {
        const put = inPlaceOf(value, token);
        for (const given of put) {
          const kit = new Kit();
          let said: unknown;
          try {
            build(kit, { ...props(kit), [key]: given });
            said = Testing.synth(kit.box);
          } catch (error) {
            said = (error as Error).message;
          }
          expect({ key, token, repeated: LEAKED.exec(JSON.stringify(said))?.[0] }).toEqual({ key, token });
        }
      }
    }
  });
});

/** A text, a list of texts and a map of texts with the token as the text; a map with it as the key as well. */
function inPlaceOf(value: unknown, token: string): unknown[] {
  if (typeof value === 'string') { return [token]; }
  if (Array.isArray(value)) { return value.every((item) => typeof item === 'string') ? [[token]] : []; }
  const entries = Object.prototype.toString.call(value) === '[object Object]' ? Object.entries(value as object) : [];
  return entries.length > 0 &&
    Object.getPrototypeOf(value) === Object.prototype &&
    entries.every(([, item]) => typeof item === 'string')
    ? [{ [entries[0][0]]: token }, { [token]: entries[0][1] as string }]
    : [];
}

describe('secrets', () => {
  testEvery('secret-leak', {
    'secret value in props': ({ env }: { env: Record<string, string> }) =>
      Object.entries(env).forEach(([name, value]) => expectSecret(name, value)),
    'private key': (key: string) => expectSecret('KEY', key),
    'high-entropy value under a secret-like key': (variables: Record<string, string>) =>
      Object.entries(variables).forEach(([name, value]) => expectSecret(name, value)),
    'host environment': ({ env }: { env: Record<string, string> }) => {
      const [name] = Object.keys(env);
      process.env[name] = 'canary-value-of-the-machine';
      try {
        const { findings, output } = outcome((box) => aSecretOf(box, name));
        expect(findings).toEqual([]);
        expect(output).toContain(name);
        expect(output).not.toContain('canary-value');
      } finally {
        delete process.env[name];
      }
    },
    'kind: Secret with data': () => {
      const { files } = outcome((box) => aSecretOf(box, 'TOKEN'));
      const kinds = filesOf(files, MANIFEST)
        .flatMap(readAlike)
        .map((object) => (object as { kind: string }).kind);
      expect(kinds).toContain('NetworkPolicy');
      expect(kinds).not.toContain('Secret');
      expect(filesOf(files, /\.example$/)[0]).toMatch(/^TOKEN=$/m);
    },
    'secret file mode': () => {
      // nobody here makes a file for secrets: only the example is written, and the file beside it is kept out of git
      const { files } = outcome((box) => aSecretOf(box, 'TOKEN'));
      expect(Object.keys(files).filter((path) => /env|secret|token/i.test(path))).toEqual([
        'compose/.env.local.example',
      ]);
      expectThere('.gitignore', '.env.local');
      expectThere('src/project/toolbox-project.ts', "this.gitignore.exclude('.env.local'");
    },
    'secretlint + own rules over the output tree': (input, one) => {
      shownBy(
        'test/rules/secret-value.test.ts',
        'fails for values of the shapes that issuers use, and never repeats them',
      )(input, one);
      expectThere('test/suites/judges/all-judges.ts', 'secretlint');
      expectThere('.ci/run', 'test/suites/judges/run.ts');
    },
  });
});
