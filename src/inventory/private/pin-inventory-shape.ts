import { Form, newestForm } from './form';
import { DIGEST, ID, INTEGRITY, PACKAGE, PROSE, REPOSITORY, TAG, TITLE, VERSION } from '../grammar';
import { Report } from './report';
import { Read, exactly, listOf, mapping, oneOf, setOf, text } from './shape';
import { Spot, Tree, quote } from './tree';
import { Pin, PinnedImage, PinnedPackage } from '../../model/pin';

interface ImageText {
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
  readonly digestMissing?: string;
}

interface ComponentText {
  readonly id: string;
  readonly title: string;
  readonly version?: string;
  readonly runsOn: string[];
  readonly image?: Read<ImageText>;
  readonly npm?: Read<PinnedPackage>;
  readonly status: 'decided' | 'undecided';
  readonly notes?: string;
}

interface VersionsText {
  readonly schemaVersion: number;
  readonly components: Pin[];
}

const FORM: Form = {
  migrations: [],
  again: 'Follow inventories/versions.schema.json, and set `schemaVersion` to the newest.',
};

const IMAGE = mapping<ImageText>({
  repository: { shape: text(REPOSITORY), required: 'repository: owner/name' },
  tag: { shape: text(TAG) },
  digest: { shape: text(DIGEST) },
  digestMissing: { shape: text(PROSE) },
});

const NPM = mapping<PinnedPackage>({
  name: { shape: text(PACKAGE), required: "name: '@scope/name'" },
  integrity: { shape: text(INTEGRITY) },
});

const COMPONENT = mapping<ComponentText>({
  id: { shape: text(ID), required: 'id: some-name' },
  title: { shape: text(TITLE), required: 'title: Some Name' },
  version: { shape: text(VERSION) },
  runsOn: { shape: setOf(oneOf('container', 'host')), required: 'runsOn: [container]' },
  image: { shape: IMAGE },
  npm: { shape: NPM },
  status: { shape: oneOf('decided', 'undecided'), required: 'status: decided' },
  notes: { shape: text(PROSE) },
});

const VERSIONS = mapping<VersionsText>({
  schemaVersion: { shape: exactly(1), required: 'schemaVersion: 1' },
  components: { shape: listOf(component), required: 'components: []' },
});

/** The pins of an inventory, in the order of the file. One that is wrong is still there if its id can be read. */
export function readVersions(tree: Tree, report: Report): Pin[] {
  const newest = newestForm(tree, FORM, report);
  const pins = (newest && VERSIONS(newest, '', report)?.value.components) ?? [];
  return withoutDoubles(pins, report);
}

function component(tree: Tree, where: string, report: Report): Pin | undefined {
  const read = COMPONENT(tree, where, report);
  if (!read) {
    return undefined;
  }
  judge(read, where, report);
  return read.value.id === undefined ? undefined : toPin(read.value.id, read, report.file);
}

/** What no single field can tell. */
function judge(read: Read<ComponentText>, where: string, report: Report): void {
  const tell = (at: Spot, message: string, fix: string): void => report.add('inventory-schema', at, message, fix);
  if (read.has('image') && read.has('npm')) {
    tell(read.spotOf('npm'), `\`${where}\` has both an image and an npm package.`, 'Make two components of it.');
  }
  if (!read.has('version') && read.value.status === 'decided') {
    tell(read.at, `\`${where}\` is decided, and has no version.`, 'Add `version`, or write `status: undecided`.');
  }
  const image = read.value.image;
  if (image) {
    judgeTag(read, image, where, tell);
    judgeDigest(image, where, tell);
  }
}

function judgeTag(
  read: Read<ComponentText>,
  image: Read<ImageText>,
  where: string,
  tell: (at: Spot, message: string, fix: string) => void,
): void {
  if (image.has('tag')) {
    return;
  }
  const version = read.value.version;
  if (!read.has('version')) {
    tell(image.at, `The image of \`${where}\` has neither a version nor a tag.`, 'Add `version` to the component.');
  } else if (version !== undefined && !TAG.pattern.test(version)) {
    tell(
      read.spotOf('version'),
      `\`${where}.version\` is ${quote(version)}, which cannot be an image tag.`,
      'Add `tag` to the image.',
    );
  }
}

function judgeDigest(
  image: Read<ImageText>,
  where: string,
  tell: (at: Spot, message: string, fix: string) => void,
): void {
  if (image.has('digest') && image.has('digestMissing')) {
    tell(
      image.spotOf('digestMissing'),
      `The image of \`${where}\` has a digest and a reason why there is none.`,
      'Keep one of them.',
    );
  } else if (!image.has('digest') && !image.has('digestMissing')) {
    tell(
      image.at,
      `The image of \`${where}\` has no digest.`,
      'Add `digest`, or `digestMissing` with the reason. Never make one up.',
    );
  }
}

function toPin(id: string, read: Read<ComponentText>, file: string): Pin {
  const { title, version, runsOn, image, npm, status, notes } = read.value;
  return {
    component: id,
    title: title ?? id,
    version,
    runsOn: [...runsOn ?? []].sort(),
    image: image && toImage(image.value, version),
    npm: npm?.value.name === undefined ? undefined : { name: npm.value.name, integrity: npm.value.integrity },
    decided: status !== 'undecided',
    notes: oneLine(notes ?? ''),
    location: { file, ...read.spotOf('id') },
  };
}

function toImage(image: Partial<ImageText>, version: string | undefined): PinnedImage | undefined {
  const { repository, tag, digest, digestMissing } = image;
  return repository === undefined
    ? undefined
    : { repository, tag: tag ?? version, digest, digestMissing: digestMissing && oneLine(digestMissing) };
}

/** How prose is wrapped in the file is not part of what it says. */
function oneLine(prose: string): string {
  return prose.trim().replace(/\s+/g, ' ');
}

function withoutDoubles(pins: readonly Pin[], report: Report): Pin[] {
  const first = new Map<string, Pin>();
  for (const pin of pins) {
    const other = first.get(pin.component);
    if (other) {
      const { line, column } = pin.location;
      const message = `The id ${quote(pin.component)} is there twice, first in line ${other.location.line}.`;
      report.add('inventory-duplicate', { line, column: column ?? 1 }, message, 'Give one of them another id.');
    } else {
      first.set(pin.component, pin);
    }
  }
  return [...first.values()];
}
