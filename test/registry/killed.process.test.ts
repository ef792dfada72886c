import { join } from 'node:path';
import { anIndex, digestOf, ScriptedServer, sendManifest, stopServers } from './scripted-server';
import { anInventory, aPinnedProject, INVENTORY, toolbox } from './support';
import { removeFolders, treeOf } from '../cli/support';

jest.setTimeout(300_000);
afterEach(async () => {
  removeFolders();
  await stopServers();
});

const HOOK = join(__dirname, 'fixtures', 'kill-at.js');

test('an update that is killed at any change of the disk, or in the middle of one, leaves the old inventory or the new one', async () => {
  const { host } = await ScriptedServer.start((_, response) => sendManifest(response));
  const old = anInventory({ id: 'one', repository: `${host}/one` }, { id: 'two', repository: `${host}/two` });
  const fresh = old.replaceAll('digestMissing: Nobody could look it up.', `digest: ${digestOf(anIndex())}`);
  const update = (root: string, at: number) =>
    toolbox(root, ['pins', 'update'], {
      hook: HOOK,
      env: { KILL_AT: String(at), KILL_BELOW: join(root, 'inventories') },
    });

  const whole = await update(aPinnedProject(old), 0);
  const changes = Number(/changes: (\d+)/.exec(whole.err)?.[1]);
  expect({ code: whole.code, isEnough: changes > 4 }).toEqual({ code: 0, isEnough: true });

  const seen = { old: 0, fresh: 0 };
  for (let at = 1; at <= changes; at++) {
    const root = aPinnedProject(old);
    expect(await update(root, at)).toMatchObject({ signal: 'SIGKILL' });
    const text = treeOf(root)[INVENTORY];
    seen[text === old ? 'old' : 'fresh'] += 1;
    expect({ at, text }).toEqual({ at, text: text === old ? old : fresh });
    // the next run brings it to an end, and tidies
    expect(await toolbox(root, ['pins', 'update'])).toMatchObject({ code: 0 });
    expect({ at, tree: Object.keys(treeOf(root)) }).toEqual({ at, tree: ['app.js', INVENTORY, 'toolbox.json'] });
    expect(treeOf(root)[INVENTORY]).toBe(fresh);
  }
  expect(seen.old).toBeGreaterThan(2);
  expect(seen.fresh).toBeGreaterThan(0);
});
