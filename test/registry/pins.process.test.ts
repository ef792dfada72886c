import { chmodSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  aManifest,
  anIndex,
  digestOf,
  MANIFEST,
  ScriptedServer,
  sendManifest,
  sendStatus,
  stopServers,
} from './scripted-server';
import { anInventory, aPinnedProject, INVENTORY, toolbox } from './support';
import { aProject, put, removeFolders, treeOf } from '../cli/support';

jest.setTimeout(120_000);
afterEach(async () => {
  removeFolders();
  await stopServers();
});

const DIGEST = digestOf(anIndex());
const OLD = digestOf('old');

/** A registry with one image under every name but `missing`; `narrow` is for one platform only. */
function aRegistry(): Promise<ScriptedServer> {
  return ScriptedServer.start(({ url }, response) => {
    if (url!.includes('/missing/')) {
      sendStatus(response, 404);
    } else if (url!.includes('/narrow/')) {
      sendManifest(response, aManifest(), { 'content-type': MANIFEST });
    } else {
      sendManifest(response);
    }
  });
}

describe('pins', () => {
  const inventory = anInventory(
    { id: 'debian', repository: 'debian', held: `digest: ${OLD}` },
    { id: 'tool', repository: 'team/tool' },
  );

  test('are a table of what was chosen and what holds it', async () => {
    const root = aPinnedProject(inventory);
    expect(await toolbox(root, ['pins'])).toMatchObject({
      code: 0,
      err: '',
      out: [
        'component  version        runs on    held by                      decided  used by',
        `debian     1.0            container  digest ${OLD.slice(0, 19)}…  yes`,
        'engine     28.4           host       its version                  yes',
        'later      to be decided  host       nothing yet                  no',
        'tool       1.0            container  no digest                    yes',
        '',
        '4 pins, 1 to be decided, 1 without a digest',
        '',
      ].join('\n'),
    });
    expect((await toolbox(root, ['pins', '-q'])).out).toMatch(/^component.*\nlater .*\ntool .*\n\n2 pins/);
    const { findings, pins } = JSON.parse((await toolbox(root, ['pins', '--json'])).out) as {
      findings: object[];
      pins: object[];
    };
    expect(findings).toEqual([]);
    expect(pins).toMatchObject([
      { component: 'debian', artifact: { kind: 'image', digest: OLD }, location: { file: INVENTORY, line: 5 } },
      {},
      {},
      {},
    ]);
  });

  test('fail with what is wrong in the inventory, and tell nothing of the rest of the model', async () => {
    const root = aPinnedProject(
      inventory.replace('runsOn: [host], status: undecided', 'runsOn: [hots], status: undecided'),
    );
    for (const args of [['pins'], ['pins', 'check'], ['pins', 'update']]) {
      const { code, err } = await toolbox(root, args);
      expect(code).toBe(1);
      expect(err).toMatch(
        /^error inventory-schema {2}inventories\/versions\.yaml:25:\d+\n[^]*\n1 error, 0 warnings\n$/,
      );
    }
  });

  test.each<[string[], RegExp]>([
    [['udpate'], /"toolbox pins" takes update or check, not "udpate"\. Did you mean "update"\?/],
    [['tool'], /takes update or check, not "tool"/],
    [['check', 'toll'], /no pin is called "toll"\. Did you mean "tool"\?/],
    [['update', 'engine'], /"engine" is not an image: it has no digest to look up/],
    [['check', '--dry-run'], /--dry-run is an option of "toolbox pins update" only/],
    [['--dry-run'], /--dry-run is an option of "toolbox pins update" only/],
  ])('fail with exit code 2 on %j', async (words, sentence) => {
    const { code, out, err } = await toolbox(aPinnedProject(inventory), ['pins', ...words]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(sentence);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  test.each([
    ['no plan', 'null'],
    ['a plan of another version', '{}'],
    ['pins that are none', '[7]'],
    ['a pin without its artifact', '[{"component":"a","title":"A","status":"decided","runsOn":[],"usedBy":[]}]'],
    [
      'an image without a name',
      '[{"component":"a","title":"A","status":"decided","runsOn":[],"usedBy":[],"artifact":{"kind":"image"}}]',
    ],
  ])('fail on an app that hands over %s', async (_, text) => {
    const root = aProject();
    const names =
      'services hostServices profiles volumes networks envFiles reaches policies checks waivers linterSuppressions decisions'.split(
        ' ',
      );
    const plan = text.startsWith('[') ? `{${names.map((name) => `"${name}":[]`).join()},"pins":${text}}` : text;
    writeFileSync(
      join(root, 'app.js'),
      `require('fs').writeFileSync(process.env.TOOLBOX_ASSEMBLY,
      '{"schemaVersion":1,"source":"a","outdir":"dist","findings":[],"files":[],"plan":${plan}}')`,
    );
    const { code, out, err } = await toolbox(root, ['pins', 'update']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^error output-document\n {2}The result of the app cannot be used/);
  });

  test('are listed without loading YAML or what speaks to registries', async () => {
    const root = aProject();
    const spy = join(root, 'spy.js');
    const loaded =
      'Object.keys(require.cache).filter((file) => /node_modules|registry.client|look-up-pins|edit-versions/.test(file))';
    writeFileSync(spy, `process.on("exit", () => console.error(${loaded}.join("\\n")));`);
    expect((await toolbox(root, ['pins'], { hook: spy })).err).toMatch(/^error output-document[^]*\n\n$/);
  });
});

describe('pins update', () => {
  test('writes digests, and nothing else changes', async () => {
    const { host } = await aRegistry();
    const images = [
      { id: 'same', repository: `${host}/same`, held: `digest: '${DIGEST}'` },
      { id: 'tool', repository: `${host}/team/tool` },
      { id: 'wide', repository: `${host}/wide`, held: `digest: ${OLD} # old` },
      { id: 'narrow', repository: `${host}/narrow` },
    ];
    const root = aPinnedProject(`\ufeff${anInventory(...images)}`.replaceAll('\n', '\r\n'));
    const before = treeOf(root);
    const result = await toolbox(root, ['pins', 'update']);
    expect(result).toMatchObject({ code: 0, err: 'looking up 4 images\n' });
    expect(result.out).toBe([
      `narrow: ${host}/narrow:1.0 is ${digestOf(aManifest())}, for one platform only`,
      `tool: ${host}/team/tool:1.0 is ${DIGEST}`,
      `wide: ${host}/wide:1.0 is ${DIGEST}`,
      `wrote ${INVENTORY}`,
      '3 updated, 1 as recorded',
      'Run "npx toolbox-constructs synth" to update the generated files.',
      '',
    ].join('\n'));
    const after = before[INVENTORY].replace(/(team\/tool\r\n +)digestMissing: [^#]*/, `$1digest: ${DIGEST} `)
      .replace(OLD, DIGEST)
      .replace(/digestMissing: [^#]*/, `digest: ${digestOf(aManifest())} `);
    expect(treeOf(root)).toEqual({ ...before, [INVENTORY]: after });
    expect(await toolbox(root, ['pins', 'update'])).toMatchObject({ code: 0, out: '0 updated, 4 as recorded\n' });
    expect(await toolbox(root, ['pins', 'check', '-q'])).toMatchObject({ code: 0, out: '', err: '' });
    expect(treeOf(root)[INVENTORY]).toBe(after);
  });

  test('records what images state about themselves, and asks once', async () => {
    const config = JSON.stringify({ config: { User: 'node', ExposedPorts: { '80/tcp': {} } } });
    const manifest = JSON.stringify({
      schemaVersion: 2, mediaType: MANIFEST, config: { digest: digestOf(config) }, layers: [],
    });
    const { host } = await ScriptedServer.start(({ url = '' }, response) =>
      sendManifest(response, url.includes('/blobs/') ? config : manifest, { 'content-type': MANIFEST }));
    const held = `digest: ${digestOf(manifest)}`;
    const root = aPinnedProject(anInventory({ id: 'tool', repository: `${host}/tool`, held }));
    const before = treeOf(root)[INVENTORY];
    expect(await toolbox(root, ['pins', 'update'])).toMatchObject({ code: 0 });
    const facts = '{"user":"node","ports":["80/tcp"],"healthCheck":{"test":["NONE"]}}';
    expect(treeOf(root)[INVENTORY]).toBe(before.replace(held, `${held}\n      facts: ${facts}`));
    expect(await toolbox(root, ['pins', 'update'])).toMatchObject({ code: 0, out: '0 updated, 1 as recorded\n' });
  });

  test('looks up only what is named', async () => {
    const { host, seen } = await aRegistry();
    const root = aPinnedProject(
      anInventory({ id: 'tool', repository: `${host}/tool` }, { id: 'lost', repository: `${host}/missing/x` }),
    );
    const result = JSON.parse((await toolbox(root, ['pins', 'update', 'tool', '--json'])).out) as object;
    expect(result).toEqual({
      findings: [],
      updated: [{ component: 'tool', image: `${host}/tool:1.0`, digest: DIGEST, kind: 'index' }],
      unchanged: [],
      written: [INVENTORY],
      diffs: [],
    });
    // by its tag, and for its facts
    expect(seen.map(({ path }) => path)).toEqual(['/v2/tool/manifests/1.0', `/v2/tool/manifests/${DIGEST}`]);
  });

  test('shows what it would write, when asked to', async () => {
    const { host } = await aRegistry();
    const root = aPinnedProject(anInventory({ id: 'tool', repository: `${host}/tool` }));
    const before = treeOf(root);
    const { code, out } = await toolbox(root, ['pins', 'update', '--dry-run']);
    expect(code).toBe(0);
    expect(out).toContain(`\n-      digestMissing: Nobody could look it up. # yet\n+      digest: ${DIGEST} # yet\n`);
    expect(out).toMatch(/\n1 to update, 0 as recorded\n$/);
    expect(treeOf(root)).toEqual(before);
  });

  test('fails when one image cannot be looked up, and writes nothing', async () => {
    const { host } = await aRegistry();
    const root = aPinnedProject(
      anInventory({ id: 'tool', repository: `${host}/tool` }, { id: 'lost', repository: `${host}/missing/x` }),
    );
    const before = treeOf(root);
    const { code, out, err } = await toolbox(root, ['pins', 'update']);
    expect({ code, out }).toEqual({ code: 1, out: 'nothing was written\n' });
    expect(err).toContain(`error pin-lookup  ${INVENTORY}:15\n  ${host} has no image ${host}/missing/x:1.0.\n  fix: `);
    expect(treeOf(root)).toEqual(before);
  });

  test.each<[string, (root: string) => void, RegExp]>([
    ['is a link', (root) => {
      renameSync(join(root, INVENTORY), join(root, 'elsewhere.yaml'));
      symlinkSync('../elsewhere.yaml', join(root, INVENTORY));
    }, /error output-blocked/],
    ['has a folder that is a link', (root) => {
      renameSync(join(root, 'inventories'), join(root, 'elsewhere'));
      symlinkSync('elsewhere', join(root, 'inventories'));
    }, /error output-blocked/],
  ])('fails when the inventory %s, and writes nothing', async (_, arrange, sentence) => {
    const { host } = await aRegistry();
    const root = aPinnedProject(anInventory({ id: 'tool', repository: `${host}/tool` }));
    arrange(root);
    const before = treeOf(root);
    expect(await toolbox(root, ['pins', 'update'])).toMatchObject({
      code: 1,
      out: 'nothing was written\n',
      err: expect.stringMatching(sentence),
    });
    expect(treeOf(root)).toEqual(before);
  });

  test('fails when the inventory changes while registries are asked', async () => {
    const change: (() => void)[] = [];
    const { host } = await ScriptedServer.start((_, response) => {
      change.forEach((now) => now());
      sendManifest(response);
    });
    const text = anInventory({ id: 'tool', repository: `${host}/tool` });
    const root = aPinnedProject(text);
    const changed = text.replace('version: \'1.0\'', 'version: \'2.0\'');
    change.push(() => writeFileSync(join(root, INVENTORY), changed));
    const { code, err } = await toolbox(root, ['pins', 'update']);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('and the file does not name that image') });
    expect(readFileSync(join(root, INVENTORY), 'utf8')).toBe(changed);
  });

  test('never leads out of the project', async () => {
    const { host } = await aRegistry();
    const text = anInventory({ id: 'tool', repository: `${host}/tool` });
    const root = aPinnedProject(text);
    const app = readFileSync(join(root, 'app.js'), 'utf8').replace(`'${INVENTORY}'`, '\'../versions.yaml\'');
    mkdirSync(join(root, 'inner'));
    renameSync(join(root, 'toolbox.json'), join(root, 'inner/toolbox.json'));
    put(root, 'inner/app.js', app);
    put(root, 'versions.yaml', text);
    const { code, err } = await toolbox(join(root, 'inner'), ['pins', 'update']);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('error output-path') });
    expect(readFileSync(join(root, 'versions.yaml'), 'utf8')).toBe(text);
  });

  test('fails in one sentence when the folder may not be written', async () => {
    const { host } = await aRegistry();
    const root = aPinnedProject(anInventory({ id: 'tool', repository: `${host}/tool` }));
    const hook = join(root, 'full.js');
    // root may write everywhere: the disk is full instead
    writeFileSync(
      hook,
      `
      const fs = require('fs');
      const { openSync } = fs;
      fs.openSync = (path, flags, ...rest) => {
        if (flags === 'wx' && String(path).includes('inventories')) throw Object.assign(new Error(), { code: 'ENOSPC' });
        return openSync(path, flags, ...rest);
      };
    `,
    );
    const before = treeOf(root);
    const { code, out, err } = await toolbox(root, ['pins', 'update'], { hook });
    expect({ code, out }).toEqual({ code: 1, out: 'nothing was written\n' });
    expect(err).toMatch(
      /error output-system\n {2}"inventories\/versions\.yaml" could not be written and is as it was: the disk is full \(ENOSPC\)\./,
    );
    expect(treeOf(root)).toEqual(before);
  });
});

describe('pins check', () => {
  test('reports moved tags and missing images, and writes nothing', async () => {
    const { host } = await aRegistry();
    const root = aPinnedProject(anInventory(
      { id: 'moved', repository: `${host}/moved`, held: `digest: ${OLD}` },
      { id: 'same', repository: `${host}/same`, held: `digest: ${DIGEST}` },
      { id: 'tool', repository: `${host}/tool` },
    ));
    const before = treeOf(root);
    const { code, out, err } = await toolbox(root, ['pins', 'check']);
    const lines = [
      `moved: ${host}/moved:1.0 has another digest now`,
      `same: ${host}/same:1.0 as recorded`,
      `tool: ${host}/tool:1.0 no digest recorded`,
      '',
    ];
    expect({ code, out }).toEqual({ code: 1, out: lines.join('\n') });
    expect(err).toContain(
      `error pin-drift  ${INVENTORY}:5\n  ${host}/moved:1.0 has another digest now.\n  recorded: ${OLD}\n  registry: ${DIGEST}\n`,
    );
    expect(err).toContain(
      `warning pin-digest-missing  ${INVENTORY}:25\n  No digest is recorded for ${host}/tool:1.0. The registry has ${DIGEST}.\n`,
    );
    expect(JSON.parse((await toolbox(root, ['pins', 'check', '--json'])).out)).toMatchObject({
      findings: [{ rule: 'pin-drift' }, { rule: 'pin-digest-missing' }],
      images: [
        { component: 'moved', state: 'moved', recorded: OLD, found: DIGEST, kind: 'index' },
        { component: 'same', state: 'same', recorded: DIGEST, found: DIGEST },
        { component: 'tool', state: 'missing', found: DIGEST },
      ],
    });
    expect(await toolbox(root, ['pins', 'check', 'same', 'tool'])).toMatchObject({ code: 0 });
    expect(treeOf(root)).toEqual(before);
  });

  test('ends with exit code 75 when nothing is wrong but that a registry gave no answer', async () => {
    const { host } = await ScriptedServer.start(({ url }, response) => {
      if (url!.includes('/busy/')) {
        sendStatus(response, 429, { 'retry-after': '86400' });
      } else {
        sendManifest(response);
      }
    });
    const root = aPinnedProject(anInventory(
      { id: 'busy', repository: `${host}/busy`, held: `digest: ${DIGEST}` },
      { id: 'moved', repository: `${host}/moved`, held: `digest: ${OLD}` },
      { id: 'same', repository: `${host}/same`, held: `digest: ${DIGEST}` },
    ));
    expect(await toolbox(root, ['pins', 'check', 'busy', 'same'])).toMatchObject({
      code: 75,
      err: expect.stringContaining('limits requests (429)'),
    });
    expect(await toolbox(root, ['pins', 'check', 'busy', 'moved'])).toMatchObject({ code: 1 });
  });

  test('asks side by side, and answers in the order of the pins', async () => {
    let now = 0;
    let most = 0;
    const { host } = await ScriptedServer.start((_, response) => {
      now += 1;
      most = Math.max(most, now);
      setTimeout(() => {
        now -= 1;
        sendManifest(response);
      }, Math.random() * 50);
    });
    const ids = Array.from({ length: 20 }, (_, index) => `tool-${String(index).padStart(2, '0')}`);
    const root = aPinnedProject(anInventory(...ids.map((id) => ({ id, repository: `${host}/${id}` }))));
    const { out } = await toolbox(root, ['pins', 'check']);
    expect(out.trim().split('\n').map((line) => line.split(':')[0])).toEqual(ids);
    expect(most).toBeGreaterThan(2);
    expect(most).toBeLessThanOrEqual(6);
  });

  test('sends what Docker keeps, and prints none of it', async () => {
    const basic = `Basic ${Buffer.from('ann:canary').toString('base64')}`;
    const { host, seen } = await ScriptedServer.start(({ headers }, response) => {
      if (headers.authorization === basic) {
        sendManifest(response);
      } else {
        sendStatus(response, 401, { 'www-authenticate': 'Basic realm="r"' });
      }
    });
    const root = aPinnedProject(anInventory({ id: 'tool', repository: `${host}/tool` }));
    put(root, 'config.json', JSON.stringify({ auths: { [host]: { auth: basic.slice(6) } } }));
    chmodSync(join(root, 'config.json'), 0o600);
    const { code, out, err } = await toolbox(root, ['pins', 'check', '--verbose']);
    expect(code).toBe(0);
    expect(seen.at(-1)?.authorization).toBe(basic);
    expect(out + err).not.toMatch(/canary|Y2FuYXJ/);
  });
});
