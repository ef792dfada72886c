import { aService, messages } from './support';
import { serviceCommand } from '../../src/rules/service-command';

describe('rule service-command', () => {
  test('fails for empty lists, which an engine and a cluster take in different ways', () => {
    expect(messages(serviceCommand, (box) => aService(box, 'a', { entrypoint: [], command: [] }))).toEqual([
      'The command is an empty list.',
      'The entry point is an empty list.',
    ]);
  });

  test('accepts words, and none at all', () => {
    expect(messages(serviceCommand, (box) => {
      aService(box, 'a');
      aService(box, 'b', { entrypoint: ['x'], command: ['y'] });
    })).toEqual([]);
  });
});
