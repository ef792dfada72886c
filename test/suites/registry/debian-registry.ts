import { ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const INDEX = 'application/vnd.oci.image.index.v1+json';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const CONFIG = 'application/vnd.oci.image.config.v1+json';

const running: ChildProcess[] = [];

/**
 * Starts Debian's docker-registry on this machine.
 *
 * @param folder for its configuration and log
 * @param storage several registries may share one
 * @param auth how it lets clients in; everybody when empty
 * @returns its host
 */
export async function startRegistry(folder: string, storage: string, auth: object = {}): Promise<string> {
  const host = `127.0.0.1:${await freePort()}`;
  const name = host.replace(':', '-');
  const config = {
    version: '0.1',
    log: { level: 'info' },
    storage: { filesystem: { rootdirectory: storage } },
    http: { addr: host },
    ...auth,
  };
  // JSON is YAML
  writeFileSync(join(folder, `${name}.yml`), JSON.stringify(config));
  const child = spawn('docker-registry', ['serve', join(folder, `${name}.yml`)], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  const log = createWriteStream(join(folder, `${name}.log`));
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  for (let tries = 0; tries < 100 && child.exitCode === null; tries++) {
    if (await fetch(`http://${host}/v2/`).then(() => true, () => false)) { return host; }
    await pause(100);
  }
  throw new Error(`docker-registry does not answer; its log is ${name}.log`);
}

export function stopRegistries(): void {
  running.splice(0).forEach((child) => child.kill());
}

/** Pushes an image for two platforms, without an engine; gives back the digest of its index. */
export async function pushImage(host: string, name: string, tag: string, text: string): Promise<string> {
  const platforms = ['amd64', 'arm64'];
  const manifests = await Promise.all(platforms.map(async (architecture) => {
    const config = await pushBlob(
      host,
      name,
      JSON.stringify({ os: 'linux', architecture, rootfs: { type: 'layers', diff_ids: [] }, text }),
    );
    const body = JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST,
      config: { mediaType: CONFIG, ...config },
      layers: [],
    });
    await put(`http://${host}/v2/${name}/manifests/${digestOf(body)}`, body, MANIFEST);
    return { mediaType: MANIFEST, digest: digestOf(body), size: body.length, platform: { os: 'linux', architecture } };
  }));
  const index = JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests });
  await put(`http://${host}/v2/${name}/manifests/${tag}`, index, INDEX);
  return digestOf(index);
}

async function pushBlob(host: string, name: string, content: string): Promise<{ digest: string; size: number }> {
  const begun = await fetch(`http://${host}/v2/${name}/blobs/uploads/`, { method: 'POST' });
  const url = new URL(begun.headers.get('location') ?? '', `http://${host}`);
  url.searchParams.set('digest', digestOf(content));
  await put(url.href, content, 'application/octet-stream');
  return { digest: digestOf(content), size: content.length };
}

async function put(url: string, body: string, type: string): Promise<void> {
  const { status } = await fetch(url, { method: 'PUT', body, headers: { 'content-type': type } });
  if (status !== 201) { throw new Error(`PUT ${url}: ${status}`); }
}

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
