import { testEvery } from './every-input';
import { Outcome, outcome, serviceOutcome } from './outcome';
import { appOf, filesOf } from './readers';
import { EnvFile, EnvironmentValue, HealthCheck, Secret } from '../../src/core';
import { aService } from '../rules/support';

const doubled = (text: string): string => text.split('$').join('$$');

/** Compose must not put anything in place of a dollar, and finds the text that was meant. */
function expectLiteral(text: string): void {
  const { rules, files } = serviceOutcome({
    environment: { TEXT: EnvironmentValue.literal(text) },
    command: [text],
    entrypoint: ['x', text],
    healthCheck: HealthCheck.command(['curl', text]),
  });
  expect(rules).toEqual([]);
  const { compose } = appOf(files);
  expect([compose.environment.TEXT, compose.command[0], compose.entrypoint[1], compose.healthcheck.test[2]]).toEqual(
    Array(4).fill(doubled(text)),
  );
}

describe('dollars, which Compose would look into', () => {
  testEvery(
    'compose-interp',
    {
      'dollar in key': ({ labels }: { labels: object }) => {
        const { files } = outcome((box) =>
          aService(box, 'app').overrideCompose('labels', { ...labels, c$: '$d' }, 'Because'),
        );
        expect(appOf(files).compose.labels).toEqual({ a$b: 'x', c$: '$$d' });
      },
      'dollar in list form env': (list: string[]) => {
        const { files } = outcome((box) => aService(box, 'app').overrideCompose('environment', list, 'Because'));
        expect(appOf(files).compose.environment).toEqual(list.map(doubled));
      },
      'dollar in command / healthcheck': (words: string[]) => {
        const { files } = serviceOutcome({ command: words, healthCheck: HealthCheck.command(['curl', ...words]) });
        const { compose, container } = appOf(files);
        expect(compose.command).toEqual(words.map(doubled));
        expect(compose.healthcheck.test).toEqual(['CMD', 'curl', ...words.map(doubled)]);
        expect(container.args).toEqual(words);
      },
      // the model has no way to ask for a variable of Compose: secrets come by env file, and everything else is known
      'intended variable': ({ var: name }: { var: string }) => {
        const { rules, files } = withSecret(name);
        expect(rules).toEqual([]);
        expect(appOf(files).compose.env_file).toEqual([{ path: '../../.env.local', required: false }]);
        expect(filesOf(files, /\.example$/)[0]).toMatch(new RegExp(`^${name}=$`, 'm'));
        expectLiteral(`\${${name}:?${name} is required}`);
      },
      'default contains }': ({ var: name, default: text }: { var: string; default: string }) =>
        expectLiteral(`\${${name}:-${text}}`),
      'variable name': ({ var: name }: { var: string }) => {
        expect(withSecret(name)).toMatchObject({ rules: expect.arrayContaining(['name-grammar']), output: '' });
      },
      'k8s must not be doubled': (text: string) => {
        const { container } = appOf(
          serviceOutcome({
            environment: { A: EnvironmentValue.literal(text), B: EnvironmentValue.literal('$(HOME)') },
            command: [text, '$(HOME)'],
          }).files,
        );
        expect(container.env.map(({ value }: { value: string }) => value)).toEqual([text, '$$(HOME)']);
        expect(container.args).toEqual([text, '$$(HOME)']);
        expectLiteral(text);
      },
    },
    expectLiteral,
  );
});

function withSecret(key: string, description = 'A key'): Outcome {
  return outcome((box) => {
    const secret = new Secret(new EnvFile(box, 'env'), key, { description });
    aService(box, 'app', { environment: { [key]: EnvironmentValue.secret(secret) } });
  });
}

/**
 * No value ever goes into an env file: as text of a variable it comes back, and as words about a key it stays in its
 * comment.
 */
function expectNoValue(text: string): void {
  expectLiteral(text);
  const { rules, files } = withSecret('KEY', `${text}\nLEAK=${text}`);
  expect(rules).toEqual([]);
  expect(filesOf(files, /\.example$/)[0].split('\n').filter((line) => !/^(#.*)?$/.test(line))).toEqual(['KEY=']);
}

describe('text in env files', () => {
  const refused = (key: string): void =>
    expect(withSecret(key)).toMatchObject({ rules: expect.arrayContaining(['name-grammar']), output: '' });
  testEvery('env-file', { 'export prefix key': refused, 'key with dash': refused }, expectNoValue);
});
