import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Checks } from '../harness/checks';
import { Garvis } from '../harness/garvis';
import { ScriptedOllama } from '../harness/scripted-ollama';

const POLICY = 'const everywhereBut = { deny: [';

/** The model is changed while the toolbox runs. */
export async function changes(checks: Checks, garvis: Garvis, ollama: ScriptedOllama): Promise<void> {
  const change = async (from: string | RegExp, to: string): Promise<() => Promise<void>> => {
    const undo = garvis.edit('src/main.ts', from, to);
    await garvis.synth();
    garvis.askHostAt(ollama.port);
    return async () => {
      undo();
      await garvis.synth();
      garvis.askHostAt(ollama.port);
    };
  };
  /** What the gateway in force answers when the file is read, and the tools that it offers. */
  const read = async (): Promise<{ readonly answer: string; readonly tools: readonly string[] }> => {
    ollama.follow({ call: 'gateway__fs_read', args: { path: 'hello.txt' } }, { say: 'Done.' });
    const { code, stdout, stderr } = await garvis.gcodex(['exec', 'Read it'], { timeout: 180 });
    assert.equal(code, 0, stdout + stderr);
    const tools = (ollama.chats[0]?.tools ?? []).flatMap((tool) => tool.function?.name ?? []);
    return { answer: ollama.toolResults[0] ?? '', tools };
  };

  await checks.check('a file that the policy denies from now on is refused after the documented commands', async () => {
    assert.match((await read()).answer, /hello from the workspace/);
    const before = await garvis.container('mcp-gateway');
    const undo = await change(POLICY, `${POLICY}'hello.txt', `);
    try {
      await garvis.mustCompose(documentedUp(garvis), { timeout: 180 });
      assert.notEqual(await garvis.container('mcp-gateway'), before);
      assert.doesNotMatch((await read()).answer, /hello from the workspace/);
      assert.equal((await garvis.audit()).filter(({ type }) => type === 'call').at(-1)?.outcome, 'denied');
    } finally {
      await undo();
    }
  });
  await checks.check('gcodex alone puts a changed policy in force, also a wider one', async () => {
    assert.match((await read()).answer, /hello from the workspace/);
    const undo = await change(/^.*Tool\.file\('fs_find'.*\n/m, '');
    try {
      const { tools } = await read();
      assert.ok(tools.includes('gateway__fs_read') && !tools.includes('gateway__fs_find'), tools.join());
    } finally {
      await undo();
    }
    assert.ok((await read()).tools.includes('gateway__fs_find'));
  });
  await checks.check(
    'a changed relay is in force with the next gcodex, and an unchanged gateway is left alone',
    async () => {
      await read();
      const [relay, gateway] = [await garvis.container('host-relay'), await garvis.container('mcp-gateway')];
      const undo = await change('hostNetwork: toolboxHost,', 'hostNetwork: toolboxHost, requestsPerMinute: 299,');
      try {
        await read();
        assert.notEqual(await garvis.container('host-relay'), relay);
        assert.equal(await garvis.container('mcp-gateway'), gateway);
      } finally {
        await undo();
      }
    },
  );
}

/** The command of the status page that starts the toolbox with the gateway, without `docker compose -f FILE`. */
function documentedUp({ folder }: Garvis): string[] {
  const page = readFileSync(join(folder, 'dist/docs/STATUS.md'), 'utf8');
  const [, command = ''] = /^docker compose -f \S+ (--profile mcp up .*)$/m.exec(page) ?? [];
  assert.notEqual(command, '', 'the status page has no command that starts the gateway');
  return command.split(' ');
}
