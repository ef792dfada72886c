import { PagePlace } from './page-file';
import { ofHostService, ofImage, ofReach, ofService } from './service-subject';
import { imageComponents, named, subject, Subject, together, wholeToolbox } from './subject';
import { Plan } from '../plan/plan';
import { Facet } from '../rules/facet';
import { ENGLISH } from '../targets/docs/messages/english';
import { GERMAN } from '../targets/docs/messages/german';
import { Messages } from '../targets/docs/messages/messages';

type Section = (plan: Plan, place: PagePlace) => Subject;

/** What a line of a page is about: which section it is in says what its names are names of. */
export function pageSubject(plan: Plan, place: PagePlace): Subject {
  const found = sectionOf(place.section)(plan, place);
  return found.constructs.length === 0 && found.components.length === 0 ? wholeToolbox(plan, ...found.facets) : found;
}

function sectionOf(heading: string): Section {
  const [, section] = [ENGLISH, GERMAN].flatMap(sectionsIn).find(([title]) => title === heading) ?? [];
  return section ?? anything;
}

function sectionsIn(words: Messages): [string, Section][] {
  return [
    [words.stage.heading('draft'), stageLine],
    [words.stage.heading('approved'), stageLine],
    [words.services.heading, serviceRow],
    [words.data.heading, volumeRow],
    [words.pins.heading, pinRow],
    [words.checks.heading, checkRow],
    [words.decisions.heading, decisionPart],
    [words.policies.heading, policyRow],
    [words.reach.heading, reachRow],
    [words.secrets.heading, secretRow],
    [words.exemptions.waivers, waiverRow],
  ];
}

/** What is missing names checks, pins and waivers. */
function stageLine(plan: Plan, place: PagePlace): Subject {
  return together(anything(plan, place), subject([plan.name], ['gate']));
}

const SERVICE_ROW: readonly Facet[] = ['image', 'security', 'resources', 'health', 'profile'];

function serviceRow(plan: Plan, { names: [name] }: PagePlace): Subject {
  const service = plan.services.find((one) => one.name === name);
  if (service !== undefined) {
    return together(ofImage(service), ofService(service, ...SERVICE_ROW), named(plan.profiles, service.profile));
  }
  const host = ofHostService(plan, name);
  return host.constructs.length > 0 ? host : named(plan.profiles, name, 'profile');
}

function volumeRow(plan: Plan, { names }: PagePlace): Subject {
  return together(
    named(plan.volumes, names[0], 'volume', 'mount'),
    ...names.slice(1).map((name) => named(plan.services, name)),
  );
}

function pinRow(plan: Plan, { names }: PagePlace): Subject {
  const pin = plan.pins.find(({ component }) => names.includes(component));
  const users = [...plan.services, ...plan.hostServices].filter(({ name }) => pin?.usedBy.includes(name));
  return subject(users.map(({ path }) => path), ['pin'], { components: pin === undefined ? [] : [pin.component] });
}

function checkRow(plan: Plan, { names, text }: PagePlace): Subject {
  const checks = plan.checks.filter(({ name, title }) => names[0] === name || (title !== '' && text.includes(title)));
  const covered = [...plan.services, ...plan.hostServices].filter(({ name }) =>
    checks.some(({ covers }) => covers.includes(name)),
  );
  return subject([...checks, ...covered].map(({ path }) => path), ['check']);
}

function decisionPart(plan: Plan, { part }: PagePlace): Subject {
  return subject(plan.decisions.flatMap(({ title, path }) => (title === part ? [path] : [])), ['text']);
}

function policyRow(plan: Plan, { names, part }: PagePlace): Subject {
  const policies = plan.policies.filter(({ service, tools }) => (
    names.includes(service) || (tools.some(({ name }) => name === names[0]) && part.includes(service))));
  return together(
    subject(
      policies.map(({ path }) => path),
      ['policy'],
    ),
    ...policies.map(({ service }) => named(plan.services, service)),
  );
}

function reachRow(plan: Plan, { names: [from, to] }: PagePlace): Subject {
  return together(
    named(plan.services, from, 'network', 'port'),
    named(plan.services, to),
    named(plan.hostServices, to),
    ofReach(plan, from, to),
  );
}

function secretRow(plan: Plan, { names }: PagePlace): Subject {
  const files = plan.envFiles.filter(({ file }) => names[0] === file);
  const keys = files.flatMap(({ path, keys: all }) =>
    all.flatMap(({ name }) => (names.includes(name) ? [`${path}/${name}`] : [])),
  );
  return subject([...keys, ...files.map(({ path }) => path)], ['secret']);
}

function waiverRow(plan: Plan, { names: [rule, scope] }: PagePlace): Subject {
  const waivers = plan.waivers.filter((one) => one.rule === rule && one.scope === scope);
  return subject([...waivers.map(({ path }) => path), ...waivers.map((one) => one.scope)], ['waiver']);
}

/** Elsewhere a name is a name: of a construct by its path or name, or of a component. */
function anything(plan: Plan, { names }: PagePlace): Subject {
  const everything = [
    ...plan.services,
    ...plan.hostServices,
    ...plan.volumes,
    ...plan.networks,
    ...plan.profiles,
    ...plan.checks,
  ];
  const paths = names.flatMap((name) =>
    everything.flatMap((one) => (one.name === name || one.path === name ? [one.path] : [])),
  );
  const services = plan.services.filter(({ path }) => paths.includes(path));
  const components = plan.pins.flatMap(({ component }) =>
    names.includes(component) && services.length === 0 ? [component] : [],
  );
  return subject(paths, [], { components: [...components, ...services.flatMap(imageComponents)] });
}
