import { namedThings } from './named';
import { contentText, endpointsOf } from '../../plan/file-content';
import { walkData } from '../../plan/plain-data';
import { CheckCommandPlan, ContentPlan, KubernetesObjectsPlan, Plan, ServicePlan } from '../../plan/plan';
import { overridden, OverriddenPlan } from '../../plan/resolve-overrides';
import { OverrideReference } from '../../plan/target-output';

/** A text of the model with its construct path and description. */
export interface ModelText {
  readonly path: string;
  readonly what: string;
  readonly text: string;
  /** Whether every target quotes and escapes it, so that it cannot start a line of its own. */
  readonly quoted?: boolean;
  /** Name of its variable or build argument. */
  readonly variable?: string;
  /** Whether it is a command or a configuration, where a name may stand before its value. */
  readonly settings?: boolean;
  /** The override that holds it. */
  readonly override?: OverrideReference;
}

/** Returns all free texts of a plan. Names are in `namesOf`. */
export function textsOf(plan: Plan): ModelText[] {
  const described = [...plan.services, ...plan.hostServices, ...plan.volumes, ...plan.networks, ...plan.profiles];
  return [
    { path: plan.name, what: 'title', text: plan.title },
    { path: plan.name, what: 'description', text: plan.description },
    ...plan.roadmap.map((text) => ({ path: plan.name, what: 'roadmap', text })),
    ...described.map(({ path, description }) => ({ path, what: 'description', text: description })),
    // construct paths are in comments of the generated files
    ...[
      ...described, ...plan.envFiles, ...plan.parameters, ...plan.checks, ...plan.waivers, ...plan.decisions,
      ...plan.policies,
    ].map(({ path }) => ({ path, what: 'path', text: path })),
    ...plan.services.flatMap(serviceTexts),
    ...overridden(plan).flatMap(overrideTexts),
    ...(plan.objects ?? []).flatMap(objectTexts),
    ...plan.hostServices.map(({ path, hostname }) => ({ path, what: 'host name', text: hostname })),
    ...plan.hostServices.flatMap(({ path, addressSetting: setting }) =>
      [setting?.variable ?? '', setting?.systemdUnit ?? ''].map((text) => ({ path, what: 'address setting', text })),
    ),
    ...settingsOf(plan).flatMap(({ path, what, value }) =>
      dataTexts(value).map((text) => inCode({ path, what, text }))),
    ...plan.volumes.map(({ path, source, storageClass }) => ({
      path,
      what: 'volume',
      text: [source.kind === 'host-directory' ? source.directory : '', storageClass ?? ''].join(' '),
    })),
    ...plan.pins.flatMap(({ title, version, notes, component }) =>
      [title, version ?? '', notes].map((text) => ({ path: plan.name, what: `pin ${component}`, text })),
    ),
    ...plan.envFiles.flatMap(({ path, keys }) =>
      keys.map((key) => ({ path: `${path}/${key.name}`, what: 'description', text: key.description })),
    ),
    ...(plan.secretFiles ?? []).flatMap(({ path, description }) => [
      { path, what: 'path', text: path },
      { path, what: 'description', text: description },
    ]),
    ...plan.parameters.flatMap(({ path, name, description, default: text = '' }) => [
      { path, what: 'description', text: description },
      { path, what: 'default', text, variable: name },
    ]),
    ...plan.checks.flatMap(({ path, title, command, expectation, expectedOutput }) =>
      [title, ...wordsOf(command), expectation, expectedOutput ?? ''].map((text) => ({ path, what: 'check', text })),
    ),
    ...plan.waivers.flatMap(({ path, rule, reason }) => [
      { path, what: 'rule', text: rule },
      { path, what: 'reason', text: reason },
    ]),
    ...plan.decisions.flatMap(({ path, title, choice, alternatives, reasons }) =>
      [title, choice, ...alternatives, ...reasons].map((text) => ({ path, what: 'decision', text })),
    ),
    ...plan.policies.map(({ path, workspace }) => ({ path, what: 'workspace', text: workspace.root })),
    ...plan.policies.flatMap(({ path, tools }) =>
      tools.flatMap((tool) =>
        [tool.action, ...tool.clients, ...tool.allow, ...tool.deny].map((text) => ({
          path,
          what: `tool "${tool.name}"`,
          text,
        })),
      ),
    ),
  ];
}

/** Data of the model with its construct path and description. */
export interface ModelSetting {
  readonly path: string;
  readonly what: string;
  /** Name of the setting. */
  readonly name: string;
  readonly value: unknown;
}

/** Returns the settings that services, networks and volumes pass to an engine as they are, for example labels. */
export function settingsOf({ services, networks, volumes }: Plan): ModelSetting[] {
  const owners: { readonly path: string; readonly settings?: object }[] = [
    ...services.map(({ path, container, securityOpt }) => ({ path, settings: { ...container, securityOpt } })),
    ...[...networks, ...volumes].map(({ path, engine }) => ({ path, settings: engine })),
  ];
  return owners.flatMap(({ path, settings = {} }) => Object.entries(settings).map(([name, value]) => (
    { path, what: `setting ${JSON.stringify(name)}`, name, value })));
}

/**
 * Returns all names of a plan, since a secret pasted as a name may satisfy its grammar, and the content of files that
 * are no plain text.
 */
export function namesOf(plan: Plan): ModelText[] {
  const words = (path: string, what: string, texts: readonly (string | undefined)[]): ModelText[] =>
    texts.flatMap((text) => (text === undefined ? [] : [{ path, what, text }]));
  return [
    ...words(plan.name, 'name of a file', [plan.source, plan.outdir]),
    ...namedThings(plan).map(({ path, name }) => ({ path, what: 'name', text: name })),
    ...plan.services.flatMap(({ path, image, environment, ports, attachments, mounts }) => [
      ...words(path, 'reference of the image', [image.repository, image.tag, image.digest]),
      ...words(
        path,
        'name of a variable',
        environment.map(({ name }) => name),
      ),
      ...words(path, 'name of a build argument', image.build?.args.map(({ name }) => name) ?? []),
      ...words(path, 'permissions of a mount', mounts.flatMap((mount) => ('mode' in mount ? [mount.mode] : []))),
      ...words(
        path,
        'name of a port',
        ports.map(({ name }) => name),
      ),
      ...words(
        path,
        'alias',
        attachments.flatMap(({ aliases }) => aliases),
      ),
      ...words(
        path,
        'name of a file',
        mounts.flatMap((mount) => (mount.kind === 'file' ? [mount.file.name] : [])),
      ),
      ...mounts.flatMap((mount) => (mount.kind === 'file' && mount.file.source?.base64 !== undefined
        ? [{ ...words(path, `file ${mount.file.name}`, [binaryText(mount.file.source.base64)])[0], settings: true }]
        : [])),
    ]),
    ...overridden(plan).flatMap(({ path, overrides }) => words(
      path,
      'key of an override',
      overrides.compose.map(({ key }) => key),
    )),
    ...plan.envFiles.flatMap(({ path, file, keys }) => [
      ...words(path, 'name of a file', [file]),
      ...keys.flatMap(({ name }) => words(`${path}/${name}`, 'name of a key', [name])),
    ]),
    ...(plan.secretFiles ?? []).flatMap(({ path, file }) => words(path, 'name of a file', [file])),
    ...plan.parameters.flatMap(({ path, name }) => words(path, 'name of a parameter', [name])),
    ...plan.checks.flatMap(({ path, files, prerequisites }) => [
      ...words(path, 'name of a file', files),
      ...words(
        path,
        'name of a prerequisite',
        prerequisites.flatMap((one) => ('name' in one ? [one.name] : [])),
      ),
    ]),
    ...plan.policies.flatMap(({ path, tools }) =>
      words(
        path,
        'name of a tool',
        tools.map(({ name }) => name),
      ),
    ),
  ];
}

function binaryText(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}

function wordsOf(command: CheckCommandPlan): readonly string[] {
  return command.kind === 'shell' ? [command.line] : command.words;
}

function serviceTexts(service: ServicePlan): ModelText[] {
  const { path, image } = service;
  const words = wordsAt(path);
  const files = service.mounts.flatMap((mount) => (mount.kind === 'file' ? [mount.file] : []));
  return [
    ...words('command', [...(service.entrypoint ?? []), ...(service.command ?? [])]).map(inCode),
    ...words('health check', [...service.healthCheck?.probe.command ?? []]).map(inCode),
    ...words(
      'mount',
      service.mounts.flatMap((mount) => [
        mount.path,
        ...(mount.kind === 'host-path' ? [mount.source] : []),
        ...(mount.kind === 'volume' ? [mount.subpath ?? ''] : []),
      ]),
    ),
    ...words('working directory', service.workingDirectory === undefined ? [] : [service.workingDirectory]),
    ...words('image', [
      ...(image.build === undefined ? [] : [image.build.context, image.build.dockerfile]),
      ...image.facts.writablePaths,
      ...image.facts.healthTools,
    ]),
    ...words(
      'address',
      endpointsOf(service).flatMap(({ scheme, suffix }) => [scheme, suffix]),
    ),
    ...words('address', [
      ...(service.extraHosts ?? []).flatMap(({ name, address }) => [name, address]),
      ...service.attachments.flatMap(({ ipv4Address = '', ipv6Address = '' }) => [ipv4Address, ipv6Address]),
    ]).map(inCode),
    ...words('reason to run as root', image.facts.rootReason === undefined ? [] : [image.facts.rootReason]),
    ...service.environment.flatMap(({ name, value }) =>
      value.kind === 'literal'
        ? [{ path, what: `variable ${name}`, text: value.text, quoted: true, variable: name }]
        : [],
    ),
    ...(image.build?.args ?? []).map(({ name, value }) => ({
      path,
      what: `build argument ${name}`,
      text: value,
      quoted: true,
      variable: name,
    })),
    ...service.mounts.flatMap((mount) => (mount.kind === 'directory'
      ? mount.directory.files.flatMap(({ path: name, text = '' }) => [
        { path: mount.directory.constructPath, what: 'folder', text: `${mount.directory.source}/${name}` },
        { path: mount.directory.constructPath, what: `file ${name}`, text, settings: true },
      ])
      : [])),
    ...words('file', files.flatMap(({ source }) => source?.path ?? [])),
    ...files.flatMap((file) =>
      file.content.flatMap((piece) => textsIn(piece).map((text) => (
        { path: file.constructPath, what: `file ${file.name}`, text, settings: true }))),
    ),
  ];
}

function overrideTexts({ path, overrides }: OverriddenPlan): ModelText[] {
  const words = wordsAt(path);
  return [
    ...overrides.compose.flatMap(({ key, value, reason }, index) => [
      ...words(`override of ${JSON.stringify(key)}`, dataTexts(value)).map(inCode),
      ...words('reason', [reason]),
    ].map((text) => ({ ...text, override: { path, target: 'compose' as const, index } }))),
    ...overrides.kubernetes.flatMap(({ pointer, value, reason }, index) => [
      ...words(`patch at ${pointer}`, [pointer, ...dataTexts(value)]).map(inCode),
      ...words('reason', [reason]),
    ].map((text) => ({ ...text, override: { path, target: 'kubernetes' as const, index } }))),
  ];
}

function objectTexts({ path, description, objects }: KubernetesObjectsPlan): ModelText[] {
  const words = wordsAt(path);
  return [
    ...words('path', [path]),
    ...words('description', [description]),
    ...objects.flatMap(({ value }, index) => words(`object ${index + 1}`, dataTexts(value)).map(inCode)),
  ];
}

function wordsAt(path: string): (what: string, texts?: readonly string[]) => ModelText[] {
  return (what, texts = []) => texts.map((text) => ({ path, what, text }));
}

/** Texts of the model in a file, without what a target resolves. */
function textsIn(piece: ContentPlan): string[] {
  const text = contentText([piece], (resolved) => (resolved.kind === 'text' ? resolved.text : ''));
  return text === undefined || text === '' ? [] : [text];
}

function inCode(one: ModelText): ModelText {
  return { ...one, quoted: true, settings: true };
}

/** Returns the texts and keys of a setting or an override. */
function dataTexts(value: unknown): string[] {
  const texts: string[] = [];
  walkData(value, (text) => texts.push(text));
  return texts;
}
