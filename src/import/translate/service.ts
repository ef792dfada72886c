import { Draft } from './draft';
import { environmentOf } from './environment';
import { healthOf } from './health';
import { imageOf } from './images';
import { Volumes } from './mounts';
import { Networks } from './networks';
import { portsOf } from './ports';
import { ServiceIndex } from './services';
import { milliseconds } from '../compare/quantities';
import { call, create, Entry, Expression, list, member, name, Statement, value } from '../expression';
import { Source } from '../source';

/** What the translation of a service looks up. */
export interface Surroundings {
  readonly draft: Draft;
  readonly services: ServiceIndex;
  readonly networks: Networks;
  readonly volumes: Volumes;
  /** Keys of services for whose end others wait. */
  readonly oneShots: ReadonlySet<string>;
}

/** A service, and the calls that follow it. */
export function translateService(service: Source, around: Surroundings): Statement[] {
  const { draft, services, networks, volumes } = around;
  const constant = services.constantOf(service.key);
  const health = healthOf(service, draft);
  const isOneShot = around.oneShots.has(service.key);
  const props: Readonly<Record<string, Expression | undefined>> = {
    image: withHealthTool(imageOf(service, draft), health?.tool),
    lifecycle: isOneShot ? member('Lifecycle', 'ONE_SHOT') : undefined,
    profile: profileOf(service, draft),
    entrypoint: wordsOf(service, 'entrypoint', draft),
    command: wordsOf(service, 'command', draft),
    workingDirectory: textOf(service, 'working_dir', 'workingDirectory', draft),
    environment: environmentOf(service, draft, services),
    mounts: volumes.mountsOf(service),
    ports: portsOf(service, draft, services),
    networks: networks.networksOf(service),
    healthCheck: health?.check,
    init: flagOf(service, 'init', 'init', false),
    readOnlyRoot: flagOf(service, 'read_only', 'readOnlyRoot', false),
    restart: restartOf(service, isOneShot),
    stopGrace: stopGraceOf(service),
  };
  const entries = Object.entries(props).flatMap(([key, one]): Entry[] =>
    one === undefined ? [] : [{ key, value: one }],
  );
  return [
    {
      constant,
      comment: draft.commentOf(service),
      expression: create('Service', name(draft.toolbox), value(service.key), { kind: 'object', entries }),
    },
    ...networks.aliasCalls(service, constant),
    ...dependencyCalls(service, constant, services),
  ];
}

function withHealthTool(image: Expression, tool: string | undefined): Expression {
  if (tool === undefined || image.kind !== 'call') {
    return image;
  }
  const facts = { key: 'healthTools', value: list([value(tool)]) };
  const last = image.args.at(-1);
  return last?.kind === 'object'
    ? { ...image, args: [...image.args.slice(0, -1), { kind: 'object', entries: [...last.entries, facts] }] }
    : { ...image, args: [...image.args, { kind: 'object', entries: [facts] }] };
}

function profileOf(service: Source, draft: Draft): Expression | undefined {
  const profiles = service.get('profiles')?.items ?? [];
  const [profile] = profiles;
  if (profiles.length !== 1 || profile.text === undefined) {
    return undefined;
  }
  profile.use('Profile');
  return name(draft.profile(profile.text));
}

function wordsOf(service: Source, key: string, draft: Draft): Expression | undefined {
  const words = service.get(key);
  if (words === undefined || words.items.length === 0) {
    return undefined;
  }
  words.use(key);
  return list(words.items.map((word) => draft.text(word.text ?? '', service.place)));
}

function textOf(service: Source, key: string, option: string, draft: Draft): Expression | undefined {
  const source = service.get(key);
  if (source?.text === undefined) {
    return undefined;
  }
  source.use(option);
  return draft.text(source.text, service.place);
}

function flagOf(service: Source, key: string, option: string, missing: boolean): Expression {
  const source = service.get(key);
  if (source?.text === 'true' || source?.text === 'false') {
    source.use(option);
    return value(source.text === 'true');
  }
  return value(missing);
}

const RESTARTS: Readonly<Record<string, string>> = { 'no': 'NEVER', 'false': 'NEVER', 'unless-stopped': 'ALWAYS' };

function restartOf(service: Source, isOneShot: boolean): Expression | undefined {
  const source = service.get('restart');
  const policy = RESTARTS[source?.text ?? 'no'];
  if (policy !== undefined) {
    source?.use('restart');
  }
  const isDefault = policy === (isOneShot ? 'NEVER' : 'ALWAYS');
  return policy === undefined || isDefault ? undefined : member('RestartPolicy', policy);
}

function stopGraceOf(service: Source): Expression | undefined {
  const source = service.get('stop_grace_period');
  const seconds = source?.text === undefined ? undefined : Number(milliseconds(source.text)) / 1000;
  if (seconds === undefined || !Number.isInteger(seconds)) {
    return undefined;
  }
  source!.use('stopGrace');
  return call('Duration', 'seconds', value(seconds));
}

const CONDITIONS: Readonly<Record<string, string>> = {
  service_started: 'STARTED',
  service_healthy: 'HEALTHY',
  service_completed_successfully: 'COMPLETED',
};

function dependencyCalls(service: Source, constant: string, services: ServiceIndex): Statement[] {
  return (service.get('depends_on')?.entries ?? []).flatMap(([key, one]) => {
    const condition = CONDITIONS[one.get('condition')?.text ?? ''];
    const isKnown = one.entries.every(([option]) => option === 'condition' || option === 'required')
      && one.get('required')?.text === 'true';
    if (condition === undefined || !isKnown || !services.isBefore(key, service.key)) {
      return [];
    }
    one.use('addDependency');
    return [{
      expression: call(name(constant), 'addDependency', name(services.constantOf(key)),
        condition === 'HEALTHY' ? undefined : member('DependencyCondition', condition)),
    }];
  });
}

