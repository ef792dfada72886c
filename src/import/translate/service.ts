import { containerOptions } from './container-options';
import { Draft } from './draft';
import { environmentOf } from './environment';
import { healthOf } from './health';
import { imageOf } from './images';
import { Volumes } from './mounts';
import { Networks } from './networks';
import { portsOf } from './ports';
import { resourcesOf } from './resources';
import { ServiceIndex } from './services';
import { SERVICE_OPTIONS } from '../../model/structs';
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

/** Options that this version of the model has. */
const CONTAINER_OPTIONS: ReadonlySet<string> = new Set(Object.keys(SERVICE_OPTIONS));

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
    restart: restartOf(service, isOneShot),
    stopGrace: stopGraceOf(service),
    resources: resourcesOf(service),
    init: flagOf(service, 'init', 'init'),
    readOnlyRoot: flagOf(service, 'read_only', 'readOnlyRoot'),
    ...containerOptions(service, CONTAINER_OPTIONS, draft),
  };
  const entries = Object.entries(props).flatMap(([key, one]): Entry[] =>
    one === undefined ? [] : [{ key, value: one }],
  );
  const [image, ...others] = entries;
  return [
    {
      constant,
      comment: draft.commentOf(service),
      expression: create('Service', name(draft.toolbox), value(service.key), {
        kind: 'object',
        entries: [image, { spread: name(draft.asImported) }, ...others],
      }),
    },
    ...volumes.fileCalls(service, constant),
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

function flagOf(service: Source, key: string, option: string): Expression | undefined {
  const source = service.get(key);
  const isFlag = source?.text === 'true' || source?.text === 'false';
  if (isFlag) {
    source.use(option);
  }
  return isFlag && source.text === 'true' ? value(true) : undefined;
}

const RESTARTS: Readonly<Record<string, string>> = {
  'no': 'NEVER', 'false': 'NEVER', 'always': 'ALWAYS', 'unless-stopped': 'UNLESS_STOPPED',
};

function restartOf(service: Source, isOneShot: boolean): Expression | undefined {
  const source = service.get('restart');
  const said = source?.text ?? 'no';
  const [, attempts] = /^on-failure(?::(\d{1,6}))?$/.exec(said) ?? [];
  const policy = RESTARTS[said];
  if (policy === undefined && !said.startsWith('on-failure')) {
    return undefined;
  }
  source?.use('restart');
  if (policy === undefined) {
    return call('RestartPolicy', 'onFailure', attempts === undefined ? undefined : value(Number(attempts)));
  }
  return policy === (isOneShot ? 'NEVER' : 'UNLESS_STOPPED') ? undefined : member('RestartPolicy', policy);
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
    const other = one.document('services', key);
    const isMet = condition !== 'HEALTHY' || other?.get('healthcheck')?.get('test') !== undefined;
    if (condition === undefined || !isKnown || !isMet || !services.isBefore(key, service.key)) {
      return [];
    }
    one.use('addDependency');
    return [{
      expression: call(name(constant), 'addDependency', name(services.constantOf(key)),
        condition === 'HEALTHY' ? undefined : member('DependencyCondition', condition)),
    }];
  });
}

