import { composeSubject } from './compose-subject';
import { kubernetesSubject } from './kubernetes-subject';
import { Location } from './location';
import { PageFile } from './page-file';
import { pageSubject } from './page-subject';
import { Places } from './places';
import { ofFile } from './service-subject';
import { subject, Subject, wholeToolbox } from './subject';
import { Steps, ValueAt, YamlFile, YamlPlace } from './yaml-file';
import { Plan } from '../plan/plan';
import { didYouMean } from '../util/nearest';
import { UsageError } from '../util/usage-error';

/** A place that was found, and what it is about. */
export interface FoundPlace {
  /** Relative to the output folder. */
  readonly file: string;
  readonly line: number;
  readonly at: string;
  readonly subject: Subject;
}

/**
 * Finds in the committed files what a person pointed at.
 *
 * @throws UsageError when it is not there, or no construct is behind it.
 */
export function findPlace(plan: Plan, location: Location, places: Places): FoundPlace {
  const { kind, file } = location;
  if (file === undefined) { return inObject(plan, location, places); }
  switch (kind) {
    case 'compose':
      return inCompose(plan, location, file, places);
    case 'kubernetes':
      return inManifest(plan, file, yamlPlace(new YamlFile(places.label(file), places.read(file)), location), places);
    case 'page':
      return inPage(plan, location, file, places);
    case 'config':
      return inConfig(plan, location, file, places);
    case 'other':
      return inOther(plan, location, file, places);
  }
}

function yamlPlace(yaml: YamlFile, { line, within }: Location): YamlPlace {
  return line === undefined ? yaml.atPath(within) : yaml.atLine(line);
}

function inCompose(plan: Plan, location: Location, file: string, places: Places): FoundPlace {
  const { steps, line, valueAt } = yamlPlace(new YamlFile(places.label(file), places.read(file)), location);
  const found = composeSubject(plan, steps, valueAt);
  if (found === undefined) { throw unknown(pathText(steps), file, places); }
  return { file, line, at: pathText(steps), subject: found };
}

function inManifest(plan: Plan, file: string, { steps, line, valueAt }: YamlPlace, places: Places): FoundPlace {
  const at = [objectName(valueAt), pathText(steps)].join(' ').trim();
  const found = kubernetesSubject(plan, steps, valueAt);
  if (found === undefined) { throw unknown(at, file, places); }
  return { file, line, at, subject: found };
}

function inObject(plan: Plan, { object, within }: Location, places: Places): FoundPlace {
  const wanted = `${object!.kind}/${object!.name}`.toLowerCase();
  const fits = (valueAt: ValueAt) => objectName(valueAt).toLowerCase() === wanted;
  const files = places.manifests().map((file) => ({ file, yaml: new YamlFile(places.label(file), places.read(file)) }));
  const found = files.find(({ yaml }) => yaml.objects.some(fits));
  if (found === undefined) {
    const names = files.flatMap(({ yaml }) => yaml.objects.map(objectName));
    const alike = names.filter((name) => name.endsWith(`/${object!.name}`));
    const hint = alike.length === 0 ? didYouMean(wanted, names) : ` There is ${alike.join(', ')}.`;
    throw new UsageError(`there is no ${object!.kind}/${object!.name} in ${places.label(places.kubernetes)}.${hint}`);
  }
  return inManifest(plan, found.file, found.yaml.atPath(within, fits), places);
}

function objectName(valueAt: ValueAt): string {
  return `${String(valueAt(['kind']) ?? '')}/${String(valueAt(['metadata', 'name']) ?? '')}`;
}

function inPage(plan: Plan, { line, within }: Location, file: string, places: Places): FoundPlace {
  const page = new PageFile(places.label(file), places.read(file));
  const place = line === undefined ? page.atText(within) : page.atLine(line);
  return {
    file,
    line: place.line,
    at: [place.section, place.part].filter((heading) => heading !== '').join(' / '),
    subject: pageSubject(plan, place),
  };
}

/** `compose/config/SERVICE/FILE`. */
function inConfig(plan: Plan, location: Location, file: string, places: Places): FoundPlace {
  const [, , name, ...rest] = file.split('/');
  const service = plan.services.find((one) => one.name === name);
  if (service === undefined) { throw unknown(name, file, places); }
  return { file, line: lineIn(location, file, places), at: '', subject: ofFile(plan, service, rest.join('/')) };
}

/** The example of an env file, and what no construct is behind by itself. */
function inOther(plan: Plan, location: Location, file: string, places: Places): FoundPlace {
  const line = lineIn(location, file, places);
  const env = plan.envFiles.find((one) => file.endsWith(`/${one.file}.example`));
  const key = env?.keys.find(({ name }) => lineText(places.read(file), line).startsWith(`${name}=`));
  return {
    file,
    line,
    at: key?.name ?? '',
    subject:
      env === undefined
        ? wholeToolbox(plan)
        : subject([...(key === undefined ? [] : [`${env.path}/${key.name}`]), env.path], ['secret']),
  };
}

function lineIn({ line, within }: Location, file: string, places: Places): number {
  const count = places.read(file).replace(/\n$/, '').split('\n').length;
  if (line === undefined) {
    throw new UsageError(`${places.label(file)} has no paths such as "${within}": give a line.`);
  }
  if (line < 1 || line > count) {
    throw new UsageError(`${places.label(file)} has ${count} lines, and no line ${line}.`);
  }
  return line;
}

/** A line of a text, as it stands there. */
export function lineText(text: string, line: number): string {
  return text.split('\n')[line - 1] ?? '';
}

function unknown(what: string, file: string, places: Places): UsageError {
  return new UsageError(
    `the model has nothing for "${what}" of ${places.label(file)}: the file is of another state of it. "npx toolbox-constructs diff" shows what differs.`,
  );
}

/** `services.web.volumes[0]`; keys with dots or brackets in quotes. */
function pathText(steps: Steps): string {
  return steps.map((step, index) => {
    if (typeof step === 'number') { return `[${step}]`; }
    if (!/^[^.[\]'"\s]+$/.test(step ?? '')) { return `[${JSON.stringify(step)}]`; }
    return index === 0 ? step : `.${step}`;
  }).join('');
}
