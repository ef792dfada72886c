import { setTimeout as pause } from 'node:timers/promises';
import { authorize, because } from './authorize';
import { CredentialSource, DockerCredentials } from './credentials';
import { Answer, Patience } from './http';
import { addressOf, ImageAddress } from './image-address';
import { configDigest, factsIn, hasDigest, linuxManifest } from './image-config';
import { LookupError } from './lookup-error';
import { ACCEPT, claimOf, Found, MOST_MANIFEST_BYTES, readManifest } from './manifest';
import { sendPatiently } from './retry';
import { RecordedImageFacts } from '../../model/pin';

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

  /**
   * Returns what an image states about itself, for Linux on amd64 if it has that; undefined if it states nothing
   * usable.
   *
   * @param found the image, as `lookUp` found it
   * @throws LookupError if the registry does not answer
   */
  public async factsOf(repository: string, tag: string, found: Found): Promise<RecordedImageFacts | undefined> {
    const visit = new Visit(addressOf(repository, tag), this.credentials, this.patience);
    const whole = await visit.verified('manifests', found.digest);
    const platform = found.kind === 'manifest' ? found.digest : whole && linuxManifest(whole);
    const manifest = found.kind === 'manifest' ? whole : platform && await visit.verified('manifests', platform);
    const config = manifest ? configDigest(manifest) : undefined;
    const body = config && await visit.verified('blobs', config);
    return body ? factsIn(body) : undefined;
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

  /** Returns the bytes of a digest; undefined if the registry sends none or others. */
  public async verified(kind: 'manifests' | 'blobs', digest: string): Promise<Buffer | undefined> {
    const { status, body } = await this.ask('GET', new URL(`../${kind}/${digest}`, this.address.manifest));
    return status === 200 && hasDigest(body, digest) ? body : undefined;
  }

  public async ask(method: 'GET' | 'HEAD', at: URL = this.address.manifest): Promise<Answer> {
    const answer = await this.send(method, at);
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
    return this.send(method, at);
  }

  private send(method: 'GET' | 'HEAD', url: URL): Promise<Answer> {
    const headers = {
      accept: ACCEPT,
      ...(this.authorization === undefined ? {} : { authorization: this.authorization }),
    };
    return sendPatiently({ method, url, headers, most: MOST_MANIFEST_BYTES }, this.patience);
  }
}
