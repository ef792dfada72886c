import { setTimeout as pause } from 'node:timers/promises';
import { authorize, because } from './authorize';
import { CredentialSource, DockerCredentials } from './credentials';
import { Answer, Patience } from './http';
import { addressOf, ImageAddress } from './image-address';
import { LookupError } from './lookup-error';
import { ACCEPT, claimOf, Found, MOST_MANIFEST_BYTES, readManifest } from './manifest';
import { sendPatiently } from './retry';

const PATIENCE: Patience = { timeout: 20_000, attempts: 4, pause: (milliseconds) => pause(milliseconds) };

/** Looks up what tags stand for, over the HTTP API that all registries share (OCI distribution). */
export class RegistryClient {
  constructor(
    private readonly credentials: CredentialSource = new DockerCredentials(),
    private readonly patience: Patience = PATIENCE,
  ) {}

  /**
   * The digest of an image's index, or of its manifest when it has one platform only.
   *
   * @param recorded the digest that is known: when it still holds, the registry need not send the manifest, and
   *   counts no pull
   * @throws LookupError when it cannot be looked up.
   */
  public async lookUp(repository: string, tag: string, recorded?: string): Promise<Found> {
    const address = addressOf(repository, tag);
    const visit = new Visit(address, this.credentials, this.patience);
    const claim = recorded === undefined ? undefined : claimOf(await visit.ask('HEAD'));
    if (claim !== undefined && claim.digest === recorded) {
      return claim;
    }
    const answer = await visit.ask('GET');
    if (answer.status !== 200) {
      throw new LookupError(await this.refusal(answer.status, address));
    }
    return readManifest(answer, address);
  }

  private async refusal(status: number, { host, label, credentials }: ImageAddress): Promise<string> {
    if (status === 404) {
      return `${host} has no image ${label}.`;
    }
    if (status !== 401 && status !== 403) {
      return `${host} answers for ${label} with status ${status}.`;
    }
    return `${host} does not let us read ${label}: there is none, or it needs other credentials${because(await this.credentials.credentialsOf(credentials))}.`;
  }
}

/** What is asked about one image, with the access that the registry grants on the way. */
class Visit {
  private authorization: string | undefined;

  constructor(
    private readonly address: ImageAddress,
    private readonly source: CredentialSource,
    private readonly patience: Patience,
  ) {}

  public async ask(method: 'GET' | 'HEAD'): Promise<Answer> {
    const answer = await this.send(method);
    const { headers, status, url } = answer;
    if (status !== 401 || this.authorization !== undefined || url.origin !== this.address.manifest.origin) {
      return answer;
    }
    this.authorization = await authorize(
      headers.get('www-authenticate') ?? '',
      this.address,
      this.source,
      this.patience,
    );
    return this.send(method);
  }

  private send(method: 'GET' | 'HEAD'): Promise<Answer> {
    const headers = {
      accept: ACCEPT,
      ...(this.authorization === undefined ? {} : { authorization: this.authorization }),
    };
    return sendPatiently({ method, url: this.address.manifest, headers, most: MOST_MANIFEST_BYTES }, this.patience);
  }
}
