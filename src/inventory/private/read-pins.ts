import { firstOfEach } from './first-of-each';
import { Form } from './form';
import { validators } from './lazy-validators';
import { LocatedValue } from './located-value';
import { oneLine } from './read-linter-suppressions';
import { Report } from './report';
import { Tree } from './tree';
import { Pin, PinnedImage, PinStatus } from '../../model/pin';
import { quote } from '../../util/printable';

interface Component {
  readonly id?: string;
  readonly title?: string;
  readonly version?: string;
  readonly runsOn?: string[];
  readonly image?: Partial<PinnedImage>;
  readonly npm?: { readonly name?: string; readonly integrity?: string };
  readonly status?: PinStatus;
  readonly notes?: string;
}

const FORM: Form = {
  migrations: [],
  again: 'Follow inventories/versions.schema.json, and set `schemaVersion` to the newest.',
};

/** Returns the pins, in the order of the file. One that is wrong is still there if its id can be read. */
export function readVersions(tree: Tree, report: Report): Pin[] {
  const read = new LocatedValue<{ components?: Component[] }>(tree, FORM, validators().validateVersions, report);
  const pins = (read.value?.components ?? []).flatMap((component) =>
    component.id === undefined
      ? []
      : [toPin(component.id, component, { file: report.file, ...read.spotOf(component, 'id') })],
  );
  return firstOfEach(pins, (pin) => `The id ${quote(pin.component)}`, report, 'Give one of them another id.');
}

function toPin(id: string, component: Component, location: Pin['location']): Pin {
  const { title, version, runsOn, image, npm, status, notes } = component;
  return {
    component: id,
    title: title ?? id,
    version,
    runsOn: [...runsOn ?? []].sort(),
    image: image && toImage(image, version),
    npm: npm?.name === undefined ? undefined : { name: npm.name, integrity: npm.integrity },
    status: status ?? PinStatus.DECIDED,
    notes: oneLine(notes ?? ''),
    location,
  };
}

function toImage(image: Partial<PinnedImage>, version: string | undefined): PinnedImage | undefined {
  const { repository, tag, digest, digestMissing, facts } = image;
  return repository === undefined
    ? undefined
    : { repository, tag: tag ?? version, digest, digestMissing: digestMissing && oneLine(digestMissing), facts };
}
