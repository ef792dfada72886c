import { Challenge, readChallenges } from './challenge';
import { Credentials, CredentialSource } from './credentials';
import { isTrustworthy, Patience } from './http';
import { ImageAddress } from './image-address';
import { LookupError } from './lookup-error';
import { sendPatiently } from './retry';

const MOST_BYTES = 1024 * 1024;
/** Tokens with other characters are not valid in a header, and the resulting error would print them. */
const TOKEN = /^[\x21-\x7e]{1,32768}$/;

/**
 * Returns the `Authorization` header that satisfies the challenge of a registry.
 *
 * @param header the `WWW-Authenticate` header of the registry
 * @throws LookupError if no credentials apply
 */
export async function authorize(
  header: string,
  address: ImageAddress,
  source: CredentialSource,
  patience: Patience,
): Promise<string> {
  const challenges = readChallenges(header);
  const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
  if (bearer === undefined && !challenges.some(({ scheme }) => scheme === 'basic')) {
    throw new LookupError(`${address.host} requires an unsupported authentication scheme.`);
  }
  const credentials = await source.credentialsOf(address.credentials);
  if (bearer !== undefined) {
    return `Bearer ${await fetchToken(bearer, address, credentials, patience)}`;
  }
  if (credentials.kind === 'none') {
    throw new LookupError(`${address.host} requires a user name and password${because(credentials)}.`);
  }
  return basic(credentials);
}

/** Returns why no credentials were sent, as the end of a sentence. */
export function because(credentials: Credentials): string {
  return credentials.kind === 'none' && credentials.why !== undefined ? `; ${credentials.why}` : '';
}

async function fetchToken(
  { parameters }: Challenge,
  address: ImageAddress,
  credentials: Credentials,
  patience: Patience,
): Promise<string> {
  const url = tokenUrl(parameters, address);
  const headers = {
    accept: 'application/json',
    ...(credentials.kind === 'none' ? {} : { authorization: basic(credentials) }),
  };
  const { status, body } = await sendPatiently({ method: 'GET', url, headers, most: MOST_BYTES }, patience);
  if (status === 401 || status === 403) {
    const whose =
      credentials.kind === 'none'
        ? `without credentials${because(credentials)}`
        : 'with the credentials of Docker';
    throw new LookupError(`${address.host} denies access to ${address.label} ${whose}.`);
  }
  if (status !== 200) {
    throw new LookupError(`The token server of ${address.host} answered with status ${status}.`);
  }
  return readToken(body, address);
}

/** Requests pull access to this image only, regardless of the challenge. */
function tokenUrl(parameters: Challenge['parameters'], { host, path, manifest }: ImageAddress): URL {
  const realm = parameters.get('realm') ?? '';
  if (!URL.canParse(realm) || !isTrustworthy(new URL(realm), manifest)) {
    throw new LookupError(`${host} names an untrusted token server.`);
  }
  const url = new URL(realm);
  const service = parameters.get('service');
  if (service !== undefined) { url.searchParams.set('service', service); }
  url.searchParams.set('scope', `repository:${path}:pull`);
  return url;
}

function readToken(body: Buffer, { host }: ImageAddress): string {
  const token = tokenIn(body.toString());
  if (typeof token === 'string' && TOKEN.test(token)) { return token; }
  throw new LookupError(`The token server of ${host} answered without a token.`);
}

function tokenIn(text: string): unknown {
  try {
    const { token, access_token: other } = JSON.parse(text) as Record<string, unknown>;
    return token ?? other;
  } catch {
    return undefined;
  }
}

function basic({ username, password }: Credentials & { kind: 'basic' }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
