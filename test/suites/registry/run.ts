import { deepStrictEqual as equal, match } from 'node:assert';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pushImage, startRegistry, stopRegistries } from './debian-registry';
import { startTokenServer } from './token-server';
import { PinStatus } from '../../../src/core';
import { PinInventory } from '../../../src/inventory/pin-inventory';
import { removeFolders } from '../../cli/support';
import { aPinnedProject, INVENTORY, toolbox } from '../../registry/support';

/**
 * `toolbox pins` against Debian's docker-registry on this machine, with the images of this repository's own inventory:
 * open to everybody, with a name and a password, and with tokens. Asks for docker-registry and openssl.
 */

const LOGIN = 'ann:canary-password';
/** The registry takes bcrypt alone, and Node has none: this is the password above. */
const HTPASSWD = 'ann:$2y$05$toolboxtoolboxtoolboxee9bB/6bDjdxiuata8UyZbsNeuu/lKdi\n';

const garvis = readFileSync(INVENTORY, 'utf8');
const images = PinInventory.fromText(garvis, INVENTORY).pins.flatMap(({ component, image, status }) =>
  image === undefined || status === PinStatus.REJECTED ? [] : [{ component, name: image.repository, tag: image.tag! }],
);

/** The inventory with every image at a registry, and no digest. */
function inventoryAt(host: string): string {
  return garvis
    .replace(/(?<=\n {6}repository: )/g, `${host}/`)
    .replace(/(?<=\n {6})digest: .*/g, 'digestMissing: Not looked up yet.');
}

async function pins(root: string, ...words: readonly string[]) {
  const result = await toolbox(root, ['pins', ...words]);
  equal(/canary|Y2FuYXJ5/.test(result.out + result.err), false, 'a secret was printed');
  return result;
}

function logIn(root: string, host: string, login: string): void {
  writeFileSync(
    join(root, 'config.json'),
    JSON.stringify({ auths: { [host]: { auth: Buffer.from(login).toString('base64') } } }),
  );
}

function text(root: string): string {
  return readFileSync(join(root, INVENTORY), 'utf8');
}

function passed(what: string): void {
  console.log(`ok   ${what}`);
}

async function openRegistry(host: string, digests: ReadonlyMap<string, string>): Promise<void> {
  const root = aPinnedProject(inventoryAt(host));
  equal((await pins(root, 'check')).code, 0);
  const { code, out } = await pins(root, 'update');
  equal(
    { code, wrote: out.includes(`wrote ${INVENTORY}\n${images.length} updated, 0 as recorded\n`) },
    { code: 0, wrote: true },
  );
  const [before, after] = [inventoryAt(host), text(root)].map((all) => all.split('\n'));
  equal(after.length, before.length);
  equal(
    after.filter((line, index) => line !== before[index]),
    images.map(({ component }) => `      digest: ${digests.get(component)}`),
  );
  passed(`update: ${images.length} digests written, and nothing else changed`);

  equal(await pins(root, 'check', '--quiet').then(({ code: end, out: said, err }) => ({ end, said, err })), {
    end: 0,
    said: '',
    err: '',
  });
  passed('check: no drift');

  const [{ component, name, tag }] = images;
  const moved = await pushImage(host, name, tag, 'moved');
  const drift = await pins(root, 'check');
  equal(drift.code, 1);
  match(
    drift.err,
    new RegExp(
      `error pin-drift  ${INVENTORY}:\\d+\\n[^]*recorded: ${digests.get(component)}\\n  registry: ${moved}\\n`,
    ),
  );
  equal((await pins(root, 'update', component)).code, 0);
  equal(text(root), after.join('\n').replace(digests.get(component)!, moved));
  equal((await pins(root, 'check')).code, 0);
  await pushImage(host, name, tag, '');
  passed('check: a moved tag is reported, and update follows it');

  const lost = aPinnedProject(inventoryAt(host).replace(`${host}/ollama/ollama`, `${host}/ollama/unknown`));
  const { code: end, err } = await pins(lost, 'update');
  equal(end, 1);
  match(err, /error pin-lookup {2}[^]*has no image .*\/ollama\/unknown:/);
  equal(text(lost), inventoryAt(host).replace(`${host}/ollama/ollama`, `${host}/ollama/unknown`));
  passed('update: a missing image is reported, and nothing is written');
}

async function passwordRegistry(host: string): Promise<void> {
  const root = aPinnedProject(inventoryAt(host));
  const stranger = await pins(root, 'update');
  equal(stranger.code, 1);
  match(stranger.err, /requires a user name and password\./);
  logIn(root, host, 'ann:canary-wrong');
  const wrong = await pins(root, 'update');
  equal(wrong.code, 1);
  match(wrong.err, /requires other credentials/);
  equal(text(root), inventoryAt(host));
  logIn(root, host, LOGIN);
  equal((await pins(root, 'update')).code, 0);
  equal((await pins(root, 'check')).code, 0);
  passed('a name and a password: without, with wrong ones, with the right ones');
}

async function tokenRegistry(host: string, scopes: readonly string[]): Promise<void> {
  const root = aPinnedProject(inventoryAt(host));
  const open = images.filter(({ name }) => !name.includes('/'));
  equal((await pins(root, 'update', ...open.map(({ component }) => component))).code, 0);
  const stranger = await pins(root, 'update');
  equal(stranger.code, 1);
  match(stranger.err, /denies access to .*\/ollama\/ollama:/);
  passed('tokens: what is open can be read by everybody, and nothing else');

  logIn(root, host, 'ann:canary-wrong');
  match((await pins(root, 'update')).err, /denies access to .* with the credentials/);
  logIn(root, host, LOGIN);
  equal((await pins(root, 'update')).code, 0);
  equal((await pins(root, 'check')).code, 0);
  equal([...new Set(scopes)].sort(), images.map(({ name }) => `repository:${name}:pull`).sort());
  passed('tokens: with a login everything can be read, and nothing but reading was asked for');
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'toolbox-registry-'));
  const tokens = await startTokenServer(folder, {
    open: images.map(({ name }) => name).filter((name) => !name.includes('/')),
    login: LOGIN,
  });
  try {
    const storage = join(folder, 'storage');
    mkdirSync(storage);
    writeFileSync(join(folder, 'htpasswd'), HTPASSWD);
    const open = await startRegistry(folder, storage);
    const digests = new Map<string, string>();
    for (const { component, name, tag } of images) { digests.set(component, await pushImage(open, name, tag, '')); }
    await openRegistry(open, digests);
    await passwordRegistry(
      await startRegistry(folder, storage, { auth: { htpasswd: { realm: 'suite', path: join(folder, 'htpasswd') } } }),
    );
    await tokenRegistry(await startRegistry(folder, storage, tokens.auth), tokens.scopes);
  } finally {
    stopRegistries();
    tokens.stop();
    removeFolders();
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
