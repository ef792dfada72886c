import { aService, messages } from './support';
import { Check, CheckCommand, CheckProps, Duration, Toolbox } from '../../src/core';
import { checkRule } from '../../src/rules/check';

function said(props: Partial<CheckProps>): string[] {
  return messages(checkRule, (box: Toolbox) => new Check(box, 'check', {
    title: 'Title', command: CheckCommand.shell('true'), expectation: 'Fine.', covers: [aService(box, 'app')], ...props,
  }));
}

describe('rule check', () => {
  test('accepts a command that covers a service, or a file', () => {
    expect(said({})).toEqual([]);
    expect(said({ covers: [], files: ['package.json'] })).toEqual([]);
    expect(said({ command: CheckCommand.compose('ps'), timeout: Duration.minutes(1440) })).toEqual([]);
  });

  test.each<[string, Partial<CheckProps>, string]>([
    ['no command', { command: CheckCommand.shell('  ') }, 'no command'],
    ['no words for Compose', { command: CheckCommand.compose() }, 'no command'],
    ['no time', { timeout: Duration.seconds(0) }, '0 seconds'],
    ['more than a day', { timeout: Duration.minutes(1441) }, '86460 seconds'],
    ['nothing that is covered', { covers: [] }, 'covers nothing'],
    ['a file outside', { files: ['../x'] }, 'outside the project'],
    ['the whole project', { files: ['.'] }, 'outside the project'],
    ['a file that is not there', { files: ['nothing.txt'] }, 'The covered file "nothing.txt"'],
  ])('fails for %s', (_, props, message) => {
    expect(said(props)).toEqual([expect.stringContaining(message)]);
  });
});
