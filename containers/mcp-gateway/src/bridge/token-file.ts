import { readFileSync } from 'node:fs';

const MAX_TOKEN_BYTES = 8192;

/**
 * The bearer token, from a file alone: arguments and the environment are seen by other processes and printed by
 * clients.
 */
export class TokenFile {
  private token: string;

  /** @throws when the file holds no token */
  constructor(private readonly path: string) {
    this.token = readToken(path);
  }

  public get authorization(): string {
    return `Bearer ${this.token}`;
  }

  /** Reads the file again. @returns whether the token has changed */
  public refresh(): boolean {
    const token = readToken(this.path);
    const changed = token !== this.token;
    this.token = token;
    return changed;
  }
}

function readToken(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`the token file ${path} cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
  }
  const token = text.trim();
  if (token === '') {
    throw new Error(`the token file ${path} is empty; write the client's bearer token to it`);
  }
  if (token.length > MAX_TOKEN_BYTES || !/^[\x21-\x7e]+$/.test(token)) {
    throw new Error(
      `the token file ${path} holds no bearer token: expected one word of at most ${MAX_TOKEN_BYTES} ASCII characters`,
    );
  }
  return token;
}
