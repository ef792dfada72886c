import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { isLoopback } from './http/gate';
import { REDACTED } from '../audit/redact';
import { Manifest, ManifestClient } from '../manifest/manifest';

const MIN_TOKEN_BYTES = 32;
const MIN_DISTINCT = 8;
/** RFC 6750. */
const TOKEN = /^[A-Za-z0-9._~+/-]+=*$/;
const FIX = 'make one with `openssl rand -base64 32`';

/** Why the gateway does not start: every fault of the tokens at once. */
export class CredentialsError extends Error {
  constructor(problems: readonly string[]) {
    super(['The client tokens are refused:', ...problems.map((problem) => `  ${problem}`)].join('\n'));
    this.name = 'CredentialsError';
  }
}

/** Which token belongs to which client. Keeps hashes alone, so a dump of this object shows no token. */
export class Credentials {
  /**
   * Reads the token of each client: `NAME_FILE` first, `NAME` second.
   *
   * @param warn receives warnings about settings that are allowed but unsafe
   * @throws CredentialsError
   */
  public static load(manifest: Manifest, env: NodeJS.ProcessEnv, warn: (message: string) => void): Credentials {
    const problems: string[] = [];
    const tokens = manifest.clients.flatMap((client) => {
      const token = readToken(client, env, warn, problems);
      return token === undefined ? [] : [{ client: client.name, length: token.length, digest: sha256(token) }];
    });
    const repeated = tokens.find(
      ({ digest }, index) => tokens.findIndex((other) => other.digest.equals(digest)) !== index,
    );
    if (repeated !== undefined) {
      problems.push(`client "${repeated.client}" has the token of another client; give each one of its own: ${FIX}`);
    }
    const missing = manifest.clients.filter(({ name }) => !tokens.some(({ client }) => client === name));
    const open =
      problems.length === 0 && tokens.length === 0 && isLoopback(manifest.http.host) && manifest.clients.length <= 1;
    if (problems.length === 0 && !open) {
      problems.push(
        ...missing.map(
          ({ name, tokenEnv }) =>
            `client "${name}" has no token: set ${tokenEnv}_FILE to a file that holds one, or ${tokenEnv}; ${FIX}`,
        ),
      );
      if (manifest.clients.length === 0) {
        problems.push(
          `http.host is ${manifest.http.host}, which is not loopback, and no client is declared; declare one with a ` +
          'token',
        );
      }
    }
    if (problems.length > 0) {
      throw new CredentialsError(problems);
    }
    if (open) {
      warn('no client token is set: every process on this machine may call the tools');
    }
    return new Credentials(tokens, open ? manifest.clients[0]?.name : undefined);
  }

  private constructor(
    private readonly tokens: readonly { readonly client: string; readonly length: number; readonly digest: Buffer }[],
    /** The client of requests without a token: only on loopback, with no token configured at all. */
    public readonly anonymous: string | undefined,
  ) {}

  /** Returns the client of a token. Compares it with every client's, so that the time taken reveals nothing. */
  public identify(token: string): string | undefined {
    const digest = sha256(token);
    let found: string | undefined;
    for (const candidate of this.tokens) {
      if (timingSafeEqual(candidate.digest, digest)) {
        found = candidate.client;
      }
    }
    return found;
  }

  /** Removes the tokens of all clients from a text. */
  public redact(text: string): string {
    const lengths = new Set(this.tokens.map(({ length }) => length));
    return [...lengths].reduce((kept, length) => this.redactLength(kept, length), text);
  }

  private redactLength(text: string, length: number): string {
    let kept = '';
    let at = 0;
    while (at < text.length) {
      const found = at + length <= text.length && this.identify(text.slice(at, at + length)) !== undefined;
      kept += found ? REDACTED : text[at];
      at += found ? length : 1;
    }
    return kept;
  }
}

function readToken(
  { name, tokenEnv }: ManifestClient,
  env: NodeJS.ProcessEnv,
  warn: (message: string) => void,
  problems: string[],
): string | undefined {
  const file = env[`${tokenEnv}_FILE`];
  let token = env[tokenEnv];
  let source = tokenEnv;
  if (file !== undefined && file !== '') {
    source = `${tokenEnv}_FILE (${file})`;
    try {
      token = readFileSync(file, 'utf8').trim();
      if (statSync(file).mode % 0o10 >= 4) {
        warn(
          `the token file ${file} of client "${name}" can be read by every user; allow only the gateway's: chmod ` +
          '0400 or 0440',
        );
      }
    } catch (error) {
      problems.push(
        `client "${name}": ${source} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`,
      );
      return undefined;
    }
  } else if (token !== undefined) {
    warn(
      `the token of client "${name}" comes from the environment, where other processes of the same user can read it; ` +
      `a file named by ${tokenEnv}_FILE is safer`,
    );
  }
  if (token === undefined) {
    return undefined;
  }
  const problem = tokenProblem(token);
  if (problem !== undefined) {
    problems.push(`client "${name}": the token of ${source} ${problem}; ${FIX}`);
    return undefined;
  }
  return token;
}

function tokenProblem(token: string): string | undefined {
  if (token === '') {
    return 'is empty';
  }
  if (Buffer.byteLength(token) < MIN_TOKEN_BYTES) {
    return `is shorter than ${MIN_TOKEN_BYTES} bytes`;
  }
  if (!TOKEN.test(token)) {
    return 'holds a character that cannot stand in a bearer token';
  }
  return new Set(token).size < MIN_DISTINCT ? `has fewer than ${MIN_DISTINCT} different characters` : undefined;
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
