import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Checks } from '../harness/checks';
import { Garvis } from '../harness/garvis';
import { eventually, must } from '../harness/process';
import { ScriptedOllama } from '../harness/scripted-ollama';
import { CTRL_C, ENTER, Terminal } from '../harness/terminal';

/** A person in a terminal: a session, Ctrl-C, and a session that is resumed. */
export async function sessions(checks: Checks, garvis: Garvis, ollama: ScriptedOllama): Promise<void> {
  const inTerminal = async (args: readonly string[], body: (terminal: Terminal) => Promise<void>): Promise<void> => {
    const terminal = new Terminal(['sh', join(garvis.folder, 'bin/gcodex'), ...args], garvis.inFolder);
    try {
      await body(terminal);
    } finally {
      terminal.close();
    }
  };

  await checks.check(
    'a session shows an answer while it is written; Ctrl-C ends the request; the container goes with the session',
    async () => {
      await inTerminal([], async (terminal) => {
        await terminal.shows(/To get started/, 120);
        ollama.follow({ say: 'The first line of an answer.\n', holdSeconds: 600 });
        terminal.type('Tell me a story');
        await terminal.shows(/Tell me a story/);
        terminal.type(ENTER);
        await terminal.shows(/The first line of an answer/, 120);
        assert.equal(ollama.aborted, 0);
        assert.notDeepEqual(await runs(garvis), []);
        terminal.type(CTRL_C);
        await eventually('the model server notices that its client is gone', 30, async () =>
          ollama.aborted > 0 ? true : undefined,
        );
        // codex asks for another one to end the session, and ends it at once when it is between two steps
        await eventually('Ctrl-C ends the session', 60, async () => {
          terminal.type(CTRL_C);
          return terminal.ended ? true : undefined;
        });
        assert.deepEqual(await runs(garvis), []);
      });
    },
  );
  await checks.check('a session is resumed with what was said in it', async () => {
    ollama.follow({ say: 'A pelican, noted.' });
    const first = await garvis.gcodex(['exec', 'My bird is the pelican.']);
    assert.equal(first.code, 0, first.stderr);
    ollama.follow({ say: 'It was a pelican.' });
    const second = await garvis.gcodex(['exec', 'Which bird?', 'resume', '--last']);
    assert.equal(second.code, 0, second.stderr);
    assert.match(said(ollama), /My bird is the pelican\..*A pelican, noted\..*Which bird\?/s);
    ollama.follow({ say: 'Still a pelican.' });
    await inTerminal(['resume', '--last'], async (terminal) => {
      await terminal.shows(/It was a pelican/, 120);
      terminal.type('Which bird now?');
      await terminal.shows(/Which bird now/);
      terminal.type(ENTER);
      await terminal.shows(/Still a pelican/, 120);
    });
    assert.match(said(ollama), /My bird is the pelican\..*It was a pelican\..*Which bird now\?/s);
  });
  await checks.check('a session that does not exist is not resumed, and no other is started', async () => {
    ollama.follow({ say: 'I should not be asked.' });
    const result = await garvis.gcodex(['exec', 'resume', '00000000-0000-0000-0000-000000000000', 'Go on']);
    assert.equal(result.code, 84, result.stdout + result.stderr);
    assert.deepEqual(ollama.chats, []);
  });
}

/** What the last request to the model contains, without its form. */
function said(ollama: ScriptedOllama): string {
  return (ollama.chats.at(-1)?.messages ?? []).map(({ content }) => JSON.stringify(content)).join('\n');
}

/** The containers that `docker compose run` made and that are still there. */
async function runs({ project }: Garvis): Promise<string[]> {
  const names = await must('docker', [
    'ps',
    '--all',
    '--quiet',
    '--filter',
    `label=com.docker.compose.project=${project}`,
    '--filter',
    'label=com.docker.compose.oneoff=True',
  ]);
  return names.split('\n').filter((name) => name !== '');
}
