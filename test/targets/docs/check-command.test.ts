import { commandText, commandWords } from '../../../src/targets/docs/check-command';

const PLAN = { outdir: 'dist', stage: 'draft', parameters: [], envFiles: [], services: [] } as const;

describe('the command of a check', () => {
  test('of Compose works on the generated file, whatever that is called', () => {
    const command = { kind: 'compose', words: ['run', 'a b'] } as const;
    expect(commandWords(command, PLAN)).toEqual([
      'docker',
      'compose',
      '-f',
      'dist/compose/docker-compose.draft.yml',
      'run',
      'a b',
    ]);
    expect(commandText(command, { ...PLAN, stage: 'approved' })).toBe(
      "docker compose -f dist/compose/docker-compose.yml run 'a b'",
    );
  });

  test('of a shell is the line as it is', () => {
    expect(commandWords({ kind: 'shell', line: 'a | b' }, PLAN)).toEqual(['sh', '-c', 'a | b']);
    expect(commandText({ kind: 'shell', line: 'a | b' }, PLAN)).toBe('a | b');
  });

  test('of a shell that asks for the generated file can be pasted', () => {
    expect(commandText({ kind: 'shell', line: 'docker compose -f "$TOOLBOX_COMPOSE_FILE" ps' }, PLAN)).toBe(
      'export TOOLBOX_COMPOSE_FILE=dist/compose/docker-compose.draft.yml; docker compose -f "$TOOLBOX_COMPOSE_FILE" ps',
    );
  });
});
