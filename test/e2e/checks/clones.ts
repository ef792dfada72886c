import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Checks } from '../harness/checks';
import { Garvis } from '../harness/garvis';
import { must } from '../harness/process';
import { ScriptedOllama } from '../harness/scripted-ollama';

/**
 * Two checkouts of the toolbox, whose projects have the same name at first; and a stack that several people start at
 * once.
 */
export async function clones(checks: Checks, ollama: ScriptedOllama): Promise<void> {
  const [first, second] = [await Garvis.synthesised(), await Garvis.synthesised()];
  second.name(first.project);
  try {
    for (const [clone, name] of [[first, 'first'], [second, 'second']] as const) {
      clone.askHostAt(ollama.port);
      writeFileSync(join(clone.workspace, 'hello.txt'), `hello from the ${name} clone\n`);
    }
    ollama.follow({ call: 'gateway__fs_read', args: { path: 'hello.txt' } }, { say: 'Done.' });
    await checks.need('three gcodex at once start a cold stack, and each one gets its answer', async () => {
      const results = await Promise.all([1, 2, 3].map(() => first.gcodex(['exec', 'Read it'], { timeout: 240 })));
      results.forEach(({ code, stdout, stderr }) => assert.equal(code, 0, stdout + stderr));
      const read = ollama.chats.filter(({ messages }) => messages.some(({ role, content }) => (
        role === 'tool' && JSON.stringify(content).includes('hello from the first clone'))));
      assert.equal(read.length, 3);
    });
    await checks.need(
      'a second clone with the same project name is refused, and the first one keeps its containers',
      async () => {
        const before = await containers(first);
        const { code, stdout, stderr } = await second.gcodex(['exec', 'Read it']);
        assert.equal(code, 83, stdout + stderr);
        assert.ok(stderr.includes(join(first.folder, 'dist/compose')), stderr);
        assert.deepEqual(await containers(first), before);
        const [, command = '', name = ''] = /: (echo COMPOSE_PROJECT_NAME=(\S+) >> \S+\/\.env);/.exec(stderr) ?? [];
        await must('sh', ['-c', command]);
        second.project = name;
      },
    );
    await checks.check(
      'after what the message says, both work side by side, each with its own files and sessions',
      async () => {
        const none = await second.gcodex(['exec', 'Go on', 'resume', '--last'], { timeout: 240 });
        assert.equal(none.code, 84, none.stdout + none.stderr);
        for (const [clone, name] of [
          [second, 'second'],
          [first, 'first'],
        ] as const) {
          ollama.follow({ call: 'gateway__fs_read', args: { path: 'hello.txt' } }, { say: 'Done.' });
          const { code, stdout, stderr } = await clone.gcodex(['exec', 'Read it'], { timeout: 240 });
          assert.equal(code, 0, stdout + stderr);
          assert.match(ollama.toolResults[0] ?? '', new RegExp(`hello from the ${name} clone`));
        }
      },
    );
  } finally {
    for (const clone of [first, second]) {
      await clone.down().catch((error: Error) => checks.broke(error));
      clone.remove();
    }
  }
}

async function containers({ project }: Garvis): Promise<string> {
  return must('docker', [
    'ps',
    '--all',
    '--no-trunc',
    '--filter',
    `label=com.docker.compose.project=${project}`,
    '--format',
    '{{.ID}} {{.Names}}',
  ]);
}
