import type { RecordedHealthCheck } from '../model/pin';
import { lazy } from '../util/lazy';

/** An entry of `facts/images.yaml`. Its schema describes the fields. */
export interface ImageFactsEntry {
  readonly images: readonly string[];
  readonly tag?: string;
  readonly user?: string;
  readonly runsAs?: string;
  readonly startCapabilities?: readonly string[];
  readonly capabilities?: readonly string[];
  readonly writablePaths?: readonly string[];
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly healthTools?: readonly string[];
  readonly healthCheck?: false | RecordedHealthCheck;
  readonly source: string;
  readonly version: string;
}

const entries = lazy(() => {
  const { knownImages } = require('./private/known-images') as { knownImages: readonly ImageFactsEntry[] };
  const byImage = new Map<string, ImageFactsEntry[]>();
  for (const entry of knownImages) {
    entry.images.forEach((image) => byImage.set(image, [...byImage.get(image) ?? [], entry]));
  }
  return byImage;
});

/** Docker Hub by its other names, and mirrors of its official images. */
const DOCKER_HUB = /^(?:(?:index\.|registry-1\.)?docker\.io|mirror\.gcr\.io|public\.ecr\.aws\/docker)\//;

/** Returns what is known of a public image; undefined if it is not listed. */
export function findImageFacts(repository: string, tag = ''): ImageFactsEntry | undefined {
  const image = repository.replace(DOCKER_HUB, '').replace(/^library\//, '');
  return entries().get(image)?.find((entry) => entry.tag === undefined || new RegExp(entry.tag).test(tag));
}
