import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Credentials for a registry, or why there are none. */
export type Credentials =
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  | { readonly kind: 'none'; readonly why?: string };

/** A source of credentials. Used only if a registry requires them. */
export interface CredentialSource {
  credentialsOf(registry: string): Promise<Credentials>;
}

const HELPER_TIMEOUT = 10_000;
const MOST_BYTES = 64 * 1024;
const NONE: Credentials = { kind: 'none' };

interface DockerConfig {
  readonly auths: Record<string, unknown>;
  readonly credHelpers: Record<string, unknown>;
  readonly credsStore: unknown;
}

/** Credentials of `docker login`: from Docker's `config.json` or its credential helper. */
export class DockerCredentials implements CredentialSource {
  private readonly known = new Map<string, Promise<Credentials>>();

  /** @param folder folder of Docker's `config.json` */
  constructor(private readonly folder = process.env.DOCKER_CONFIG ?? join(homedir(), '.docker')) {
  }

  public credentialsOf(registry: string): Promise<Credentials> {
    const found = this.known.get(registry) ?? this.find(registry);
    this.known.set(registry, found);
    return found;
  }

  private async find(registry: string): Promise<Credentials> {
    const config = readConfig(join(this.folder, 'config.json'));
    if (typeof config === 'string') { return { kind: 'none', why: config }; }
    const helper = config.credHelpers[registry] ?? config.credsStore;
    const helped = typeof helper === 'string' && helper !== '' ? await askHelper(helper, registry) : NONE;
    const written = fromAuths(config.auths, registry);
    return helped.kind === 'basic' || written.kind === 'none' && written.why === undefined ? helped : written;
  }
}

/** Returns the configuration, or a description of its problem. */
function readConfig(file: string): DockerConfig | string {
  try {
    const value = recordOf(JSON.parse(readFileSync(file, 'utf8')));
    return { auths: recordOf(value.auths), credHelpers: recordOf(value.credHelpers), credsStore: value.credsStore };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') { return { auths: {}, credHelpers: {}, credsStore: undefined }; }
    return `Docker's config.json ${code === undefined ? 'is not JSON' : `cannot be read (${code})`}`;
  }
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? value as Record<string, unknown> : {};
}

/** Finds an entry by host. Older versions of Docker use URLs as keys. */
function fromAuths(auths: Record<string, unknown>, registry: string): Credentials {
  const host = hostOf(registry);
  const entry = recordOf(auths[registry] ?? Object.entries(auths).find(([key]) => hostOf(key) === host)?.[1]);
  if (typeof entry.identitytoken === 'string' && entry.identitytoken !== '') { return identityToken(registry); }
  const [, username, password] =
    /^([^:]+):([^]*)$/.exec(typeof entry.auth === 'string' ? Buffer.from(entry.auth, 'base64').toString() : '') ?? [];
  return username === undefined ? NONE : { kind: 'basic', username, password };
}

function hostOf(key: string): string {
  return key.replace(/^https?:\/\//, '').split('/', 1)[0];
}

function identityToken(registry: string): Credentials {
  return {
    kind: 'none',
    why: `Docker has an identity token for ${hostOf(registry)}; only user name and password are supported`,
  };
}

/** Runs a credential helper like Docker: registry on stdin, JSON on stdout. */
async function askHelper(name: string, registry: string): Promise<Credentials> {
  if (!/^[\w.-]+$/.test(name)) {
    return { kind: 'none', why: 'the name of the credential helper in Docker\'s config.json is not valid' };
  }
  const program = `docker-credential-${name}`;
  const { out, code } = await run(program, registry);
  if (code === 'ENOENT' || code === 'EACCES') { return { kind: 'none', why: `${program} cannot be run (${code})` }; }
  if (code !== undefined) {
    return /credentials not found/.test(out) ? NONE : { kind: 'none', why: `${program} failed` };
  }
  return readHelped(out, program, registry);
}

function readHelped(out: string, program: string, registry: string): Credentials {
  try {
    const { Username: username, Secret: password } = recordOf(JSON.parse(out));
    if (username === '<token>') { return identityToken(registry); }
    if (typeof username === 'string' && typeof password === 'string') { return { kind: 'basic', username, password }; }
  } catch {
    // treated as an empty answer
  }
  return { kind: 'none', why: `the answer of ${program} is not that of a credential helper` };
}

function run(program: string, input: string): Promise<{ out: string; code: string | number | undefined }> {
  return new Promise((resolve) => {
    const options = { env: process.env, timeout: HELPER_TIMEOUT, maxBuffer: MOST_BYTES, windowsHide: true };
    const child = execFile(program, ['get'], options, (error, out) => {
      resolve({ out, code: error === null ? undefined : error.code ?? 'killed' });
    });
    // the helper may exit without reading its input
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(`${input}\n`);
  });
}
