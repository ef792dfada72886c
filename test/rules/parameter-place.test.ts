import {
  Check, CheckCommand, ConfigFile, Content, EnvironmentValue, Mount, Parameter, Port, Size, Volume,
} from '../../src/core';
import { Stack } from '../plan/parameter-stack';

const FORGED = '${Parameter[WEBUI_PORT.0123456789abcdef]}';

describe('a text that looks like a marker', () => {
  test('is refused, and never becomes a parameter', () => {
    const stack = new Stack();
    stack.parameter('WEBUI_PORT', '3000');
    stack.service('web', { command: [FORGED] });
    expect(stack.errors()).toEqual([
      'parameter-place box/web: '
      + 'The command holds the marker of a parameter "WEBUI_PORT" that this toolbox does not have.',
    ]);
  });

  test('is refused when another toolbox has the parameter, also as a number', () => {
    const stack = new Stack();
    const foreign = new Stack().parameter('LEVEL', '3000');
    stack.service('web', { command: [`${foreign}`] });
    stack.service('port', { ports: [Port.loopback(80, { hostPort: foreign.asNumber() })] });
    expect(stack.errors()).toEqual([
      expect.stringContaining('port-range box/port'),
      expect.stringContaining('parameter-place box/web'),
    ]);
  });
});

describe('a parameter is refused', () => {
  test.each<[string, (one: Parameter, stack: Stack) => void, string]>([
    ['in a title', (one, { box }) => new Check(box, 'check', {
      title: `${one}`, command: CheckCommand.shell('true'), expectation: 'ok', covers: [], files: ['package.json'],
    }), 'parameter-place box/check'],
    ['in a description', (one, stack) => stack.service('web', { description: `${one}` }), 'parameter-place box/web'],
    ['in the name of a variable', (one, stack) =>
      stack.service('web', { environment: { [`${one}`]: EnvironmentValue.literal('') } }), 'parameter-place box/web'],
    ['in a key of an override', (one, stack) =>
      stack.service('web').overrideCompose('labels', { [`${one}`]: 'x' }, 'A label.'), 'parameter-place box/web'],
    ['in a configuration file', (one, stack) => {
      const web = stack.service('web');
      const file = new ConfigFile(web, 'web.conf', { content: [Content.text(`${one}`)] });
      web.addMount(Mount.file(file, '/etc/web.conf'));
    }, 'parameter-place box/web'],
    ['as a folder of the host, which can be any', (one, { box }) =>
      Volume.hostDirectory(box, 'data', { directory: `./data/${one}`, size: Size.gibibytes(1) }),
    'mount-host-path box/data'],
  ])('%s', (_, use, error) => {
    const stack = new Stack();
    use(stack.parameter('LEVEL', 'high'), stack);
    expect(stack.errors()).toContainEqual(expect.stringContaining(`${error}: The `));
  });
});
