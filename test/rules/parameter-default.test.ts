import { EnvFile, Port, Secret } from '../../src/core';
import { Stack } from '../plan/parameter-stack';

describe('a parameter is refused', () => {
  test.each<[string, string, string | undefined, string]>([
    ['with braces in the default', 'A', 'a}b', 'parameter-default box/A'],
    ['with lines in the default', 'A', 'a\nb', 'parameter-default box/A'],
    ['with a name that is no variable', 'a-b', 'x', 'name-grammar box/a-b'],
    ['without a default in the cluster', 'A', undefined, 'parameter-default box/A'],
    ['with a secret as default', 'A', `ghp_${'a1B2'.repeat(9)}`, 'secret-value box/A'],
    ['with the name of a secret', 'API_KEY', 'x', 'name-duplicate box/API_KEY'],
  ])('%s', (_, name, value, error) => {
    const stack = new Stack();
    new Secret(new EnvFile(stack.box, 'env'), 'API_KEY', { description: 'A key.' });
    stack.service('web', { command: [`${stack.parameter(name, value)}`] });
    expect(stack.errors()).toContainEqual(expect.stringContaining(error));
  });

  test.each([['abc'], [''], ['3.5'], ['70000'], ['0']])('as a port with the default %j', (value) => {
    const stack = new Stack();
    stack.service('web', { ports: [Port.loopback(80, { hostPort: stack.parameter('WEB_PORT', value).asNumber() })] });
    expect(stack.errors()).not.toEqual([]);
  });
});
