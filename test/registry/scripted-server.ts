import { createHash } from 'node:crypto';
import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';

export const INDEX = 'application/vnd.oci.image.index.v1+json';
export const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

/** A small index; the text makes it another one. */
export function anIndex(text = ''): string {
  return JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests: [], annotations: { text } });
}

export function aManifest(): string {
  return JSON.stringify({ schemaVersion: 2, mediaType: MANIFEST, config: {}, layers: [] });
}

export function digestOf(body: string | Buffer): string {
  return `sha256:${createHash('sha256').update(body).digest('hex')}`;
}

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly accept: string | undefined;
}

type Script = (request: IncomingMessage, response: ServerResponse) => void;

const running: Server[] = [];

/** A server on this machine that does what a test says; ended by `stopServers`. */
export class ScriptedServer {
  public static async start(script: Script): Promise<ScriptedServer> {
    const seen: Seen[] = [];
    const server = createServer((request, response) => {
      const { method = '', url = '', headers: { authorization, accept } } = request;
      seen.push({ method, path: url, authorization, accept });
      script(request, response);
    });
    running.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new ScriptedServer((server.address() as AddressInfo).port, seen);
  }

  public readonly host: string;

  private constructor(port: number, public readonly seen: Seen[]) {
    this.host = `127.0.0.1:${port}`;
  }
}

export async function stopServers(): Promise<void> {
  await Promise.all(running.splice(0).map((server) => new Promise((resolve) => {
    server.closeAllConnections();
    server.close(resolve);
  })));
}

/** Sends a manifest as registries do. */
export function sendManifest(
  response: ServerResponse,
  body: string | Buffer = anIndex(),
  headers: Record<string, string | undefined> = {},
): void {
  const all = { 'content-type': INDEX, 'docker-content-digest': digestOf(body), ...headers };
  for (const [name, value] of Object.entries(all)) {
    if (value !== undefined) {
      response.setHeader(name, value);
    }
  }
  response.end(response.req.method === 'HEAD' ? '' : body);
}

export function sendStatus(
  response: ServerResponse,
  status: number,
  headers: Record<string, string> = {},
  body = '',
): void {
  response.writeHead(status, headers).end(body);
}
