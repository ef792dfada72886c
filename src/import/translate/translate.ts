import { Draft } from './draft';
import { keptVariables } from './kept-variables';
import { madeUpDefaults } from './made-up';
import { Volumes } from './mounts';
import { Networks } from './networks';
import { translateService } from './service';
import { ServiceIndex } from './services';
import { Environment } from '../compose/interpolate';
import { MapNode } from '../compose/node';
import { Section } from '../expression';
import { Ledger, Outcome } from '../ledger';
import { Source } from '../source';

/** Sections of the program, in their order. */
const ORDER = ['Settings', 'Parameters', 'Secrets', 'Volumes', 'Networks', 'Profiles', 'Services'];

/** A translated compose file. What the ledger has as unused is not in the program. */
export interface Translation {
  readonly draft: Draft;
  readonly document: Source;
  /** Constants of services, volumes and networks, by section and key. */
  readonly constants: ReadonlyMap<string, string>;
  readonly ledger: Ledger;
  /** Everything below the toolbox. */
  program(): Section[];
}

/** Turns a loaded compose file into a program, as far as the model can say it. */
export function translate(
  document: MapNode,
  setting: { root: string; project: string; environment: Environment },
): Translation {
  const ledger = new Ledger(document);
  const source = new Source(document, [], ledger);
  const draft = new Draft(
    ledger,
    setting.root,
    setting.environment,
    setting.project,
    keptVariables(source, setting.environment),
    madeUpDefaults(source, setting.environment),
  );
  const all = source.get('services')?.entries.map(([, service]) => service) ?? [];
  all.forEach(({ key }) => draft.id(key, 'service'));
  const networks = new Networks(draft, source);
  const services = new ServiceIndex(all, networks, draft);
  const volumes = new Volumes(draft, source);
  const oneShots = new Set(
    all.flatMap((service) =>
      (service.get('depends_on')?.entries ?? [])
        .filter(([, one]) => one.get('condition')?.text === 'service_completed_successfully')
        .map(([key]) => key),
    ),
  );
  source.get('name')?.use('name of the toolbox');
  source.get('version')?.use('nothing: Compose ignores it');
  for (const [key, extension] of source.entries.filter(([one]) => one.startsWith('x-'))) {
    extension.use(`nothing: Compose ignores "${key}"`, Outcome.KEPT);
  }
  for (const service of services.ordered) {
    draft.add('Services', ...translateService(service, { draft, services, networks, volumes, oneShots }));
  }
  return { draft, document: source, constants: draft.constants, ledger, program: () => draft.program(ORDER) };
}

