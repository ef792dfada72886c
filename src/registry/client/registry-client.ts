import { setTimeout as pause } from 'node:timers/promises';
import { authorize, because } from './authorize';
import { CredentialSource, DockerCredentials } from './credentials';
import { Answer, Patience } from './http';
import { addressOf, ImageAddress } from './image-address';
import { LookupError } from './lookup-error';
import { ACCEPT, claimOf, Found, MOST_MANIFEST_BYTES, readManifest } from './manifest';
import { sendPatiently } from './retry';

const PATIENCE: Patience = { timeout: 20_000, attempts: 4, pause: (milliseconds) => pause(milliseconds) };

/** Looks up tags over the HTTP API of registries (OCI distribution). */
export class RegistryClient {
  constructor(
    private readonly credentials: CredentialSource = new DockerCredentials(),
    private readonly patience: Patience = PATIENCE,
  ) {}

  /**
   * Returns the digest of the index of an image, or of its manifest if it has only one platform.
   *
   * @param recorded the recorded digest; if it is unchanged, the manifest is not downloaded and no pull is counted
   * @throws LookupError if the lookup fails
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
      return `${host} answered with status ${status} for ${label}.`;
    }
    const reason = because(await this.credentials.credentialsOf(credentials));
    return `${host} denies access to ${label}: it does not exist or requires other credentials${reason}.`;
  }
}

/** Requests about one image, with the granted authorization. */
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
