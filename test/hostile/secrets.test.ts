import { expectThere, shownBy, testEvery } from './every-input';
import { outcome, serviceOutcome } from './outcome';
import { filesOf, MANIFEST, readAlike } from './readers';
import { EnvFile, EnvironmentValue, Image, Secret, Toolbox, User } from '../../src/core';
import { aService } from '../rules/support';

/** Refused wherever it stands, and repeated nowhere. */
function expectSecret(name: string, value: string): void {
  const image = Image.fromBuild('containers/codex-cli', { repository: 'a/b', tag: '1.2.3', args: { [name]: value }, user: User.of(10001), healthTools: ['curl'] });
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

describe('secrets', () => {
  testEvery('secret-leak', {
    'secret value in props': ({ env }: { env: Record<string, string> }) => Object.entries(env).forEach(([name, value]) => expectSecret(name, value)),
    'private key': (key: string) => expectSecret('KEY', key),
    'high-entropy value under a secret-like key': (variables: Record<string, string>) => Object.entries(variables).forEach(([name, value]) => expectSecret(name, value)),
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
      const kinds = filesOf(files, MANIFEST).flatMap(readAlike).map((object) => (object as { kind: string }).kind);
      expect(kinds).toContain('NetworkPolicy');
      expect(kinds).not.toContain('Secret');
      expect(filesOf(files, /\.example$/)[0]).toMatch(/^TOKEN=$/m);
    },
    'secret file mode': () => {
      // nobody here makes a file for secrets: only the example is written, and the file beside it is kept out of git
      const { files } = outcome((box) => aSecretOf(box, 'TOKEN'));
      expect(Object.keys(files).filter((path) => /env|secret|token/i.test(path))).toEqual(['compose/.env.local.example']);
      expectThere('.gitignore', '.env.local');
      expectThere('src/project/toolbox-project.ts', "this.gitignore.exclude('.env.local'");
    },
    'secretlint + own rules over the output tree': (input, one) => {
      shownBy('test/rules/secret-value.test.ts', 'fails for values of the shapes that issuers use, and never repeats them')(input, one);
      expectThere('test/suites/judges/all-judges.ts', 'secretlint');
      expectThere('.ci/run', 'test/suites/judges/run.ts');
    },
  });
});
