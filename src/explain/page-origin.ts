import { PagePlace } from './page-file';
import { componentsOf } from '../plan/components';
import { Facet } from '../plan/facet';
import { Plan } from '../plan/plan';
import { ENGLISH } from '../targets/docs/messages/english';
import { GERMAN } from '../targets/docs/messages/german';
import { Messages } from '../targets/docs/messages/messages';
import { origin, Origin, together } from '../targets/origin';
import {
  ofHostService, ofImage, ofNamed, ofReach, ofService, ofToolbox,
} from '../targets/service-origins';

type Section = (plan: Plan, place: PagePlace) => Origin;

/** Returns the origin of a line of a page. Its section determines what its names refer to. */
export function pageOrigin(plan: Plan, place: PagePlace): Origin {
  const found = sectionOf(place.section)(plan, place);
  return found.constructs.length === 0 && found.components.length === 0 ? ofToolbox(plan, ...found.facets) : found;
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

/** Lines about what is missing name checks, pins and waivers. */
function stageLine(plan: Plan, place: PagePlace): Origin {
  return together(anything(plan, place), origin([plan.name], ['gate']));
}

const SERVICE_ROW: readonly Facet[] = ['image', 'security', 'resources', 'health', 'profile'];

function serviceRow(plan: Plan, { names: [name] }: PagePlace): Origin {
  const service = plan.services.find((one) => one.name === name);
  if (service !== undefined) {
    return together(ofImage(service), ofService(service, ...SERVICE_ROW), ofNamed(plan.profiles, service.profile));
  }
  const host = ofHostService(plan, name);
  return host.constructs.length > 0 ? host : ofNamed(plan.profiles, name, 'profile');
}

function volumeRow(plan: Plan, { names }: PagePlace): Origin {
  return together(
    ofNamed(plan.volumes, names[0], 'volume', 'mount'),
    ...names.slice(1).map((name) => ofNamed(plan.services, name)),
  );
}

function pinRow(plan: Plan, { names }: PagePlace): Origin {
  const pin = plan.pins.find(({ component }) => names.includes(component));
  const users = [...plan.services, ...plan.hostServices].filter(({ name }) => pin?.usedBy.includes(name));
  return origin(users.map(({ path }) => path), ['pin'], { components: pin === undefined ? [] : [pin.component] });
}

function checkRow(plan: Plan, { names, text }: PagePlace): Origin {
  const checks = plan.checks.filter(({ name, title }) => names[0] === name || (title !== '' && text.includes(title)));
  const covered = [...plan.services, ...plan.hostServices].filter(({ name }) =>
    checks.some(({ covers }) => covers.includes(name)),
  );
  return origin([...checks, ...covered].map(({ path }) => path), ['check']);
}

function decisionPart(plan: Plan, { part }: PagePlace): Origin {
  return origin(plan.decisions.flatMap(({ title, path }) => (title === part ? [path] : [])), ['text']);
}

function policyRow(plan: Plan, { names, part }: PagePlace): Origin {
  const policies = plan.policies.filter(({ service, tools }) => (
    names.includes(service) || (tools.some(({ name }) => name === names[0]) && part.includes(service))));
  return together(
    origin(
      policies.map(({ path }) => path),
      ['policy'],
    ),
    ...policies.map(({ service }) => ofNamed(plan.services, service)),
  );
}

function reachRow(plan: Plan, { names: [from, to] }: PagePlace): Origin {
  return together(
    ofNamed(plan.services, from, 'network', 'port'),
    ofNamed(plan.services, to),
    ofNamed(plan.hostServices, to),
    ofReach(plan, from, to),
  );
}

function secretRow(plan: Plan, { names }: PagePlace): Origin {
  const files = plan.envFiles.filter(({ file }) => names[0] === file);
  const keys = files.flatMap(({ path, keys: all }) =>
    all.flatMap(({ name }) => (names.includes(name) ? [`${path}/${name}`] : [])),
  );
  return origin([...keys, ...files.map(({ path }) => path)], ['secret']);
}

function waiverRow(plan: Plan, { names: [rule, scope] }: PagePlace): Origin {
  const waivers = plan.waivers.filter((one) => one.rule === rule && one.scope === scope);
  return origin([...waivers.map(({ path }) => path), ...waivers.map((one) => one.scope)], ['waiver']);
}

/** Elsewhere a name is the path or name of a construct, or a component. */
function anything(plan: Plan, { names }: PagePlace): Origin {
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
  return origin(paths, [], { components: [...components, ...services.flatMap(componentsOf)] });
}
