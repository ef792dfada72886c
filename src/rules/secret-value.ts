import { ModelText, namesOf, settingsOf, textsOf } from './private/texts';
import { MergedService, MergedViolation, Rule, Violation } from './rule';
import { Plan } from '../plan/plan';
import { overridden } from '../plan/resolve-overrides';
import { secretIn, secretInSettings, secretInValue, secretsInData } from '../util/secrets';

/** Finds secret values by shape, by what stands before them, and by name. The message never repeats the value. */
export const secretValue: Rule = {
  id: 'secret-value',
  severity: 'error',
  title: 'The model holds no secret values',
  fix: 'Remove and rotate the value. Use EnvironmentValue.secret with a key of an EnvFile instead.',
  waivable: false,
  facets: ['command', 'environment', 'secret', 'config'],
  check: ({ plan }) => {
    const found = [...textsOf(plan), ...commandLines(plan), ...namesOf(plan)].flatMap((one): Violation[] => {
      const kind = kindOf(one);
      return kind === undefined
        ? []
        : [{ path: one.path, override: one.override, message: `The ${one.what} holds ${kind}.` }];
    });
    return [...new Map([...found, ...inData(plan)].map((one) => [`${one.path}\n${one.message}`, one])).values()];
  },
  checkMerged: ({ facts }) => mergedTexts(facts).flatMap(({ problem, ...text }) => {
    const kind = kindOf(text);
    return kind === undefined ? [] : [{ problem: `${problem} ${kind}` }];
  }),
};

function kindOf({ text, variable, settings }: Pick<ModelText, 'text' | 'variable' | 'settings'>): string | undefined {
  if (variable !== undefined) {
    return secretInValue(variable, text);
  }
  return settings ? secretInSettings(text) : secretIn(text);
}

/** Commands as one text: an option and its value are two words. */
function commandLines({ services }: Plan): ModelText[] {
  return services.flatMap(({ path, entrypoint = [], command = [], healthCheck }) => [
    { path, what: 'command', text: [...entrypoint, ...command].join(' '), settings: true },
    { path, what: 'health check', text: (healthCheck?.probe.command ?? []).join(' '), settings: true },
  ]);
}

/** Checks settings, overrides and objects as data: what a value means depends on the key before it. */
function inData(plan: Plan): Violation[] {
  const ofSettings = settingsOf(plan).flatMap(({ path, what, name, value }) => (
    secretsInData({ [name]: value }).map(({ kind }) => ({ path, message: `The ${what} holds ${kind}.` }))));
  const ofObjects = (plan.objects ?? []).flatMap(({ path, objects }) => objects.flatMap(({ value }, index) => (
    secretsInData(value).map(({ kind }) => ({ path, message: `The object ${index + 1} holds ${kind}.` })))));
  return [
    ...ofSettings,
    ...ofObjects,
    ...overridden(plan).flatMap(({ path, overrides }) => [
      ...overrides.compose.flatMap(({ key, value }, index) =>
        secretsInData({ [key]: value }).map(({ kind }) => ({
          path,
          override: { path, target: 'compose' as const, index },
          message: `The override of ${JSON.stringify(key)} holds ${kind}.`,
        })),
      ),
      ...overrides.kubernetes.flatMap(({ pointer, value }, index) =>
        secretsInData({ [lastKey(pointer)]: value }).map(({ kind }) => ({
          path,
          override: { path, target: 'kubernetes' as const, index },
          message: `The patch at ${pointer} holds ${kind}.`,
        })),
      ),
    ]),
  ];
}

/** Returns the key that a JSON pointer ends with. */
function lastKey(pointer: string): string {
  return pointer.slice(pointer.lastIndexOf('/') + 1).replaceAll('~1', '/').replaceAll('~0', '~');
}

function mergedTexts(
  { environment, command, entrypoint, healthCheck, build }: MergedService['facts'],
): (Pick<ModelText, 'text' | 'variable' | 'settings'> & MergedViolation)[] {
  const commands = [entrypoint, command, healthCheck?.probe.kind === 'command' ? healthCheck.probe.command : undefined];
  return [
    ...environment.map(({ name, value = '' }) => (
      { text: value, variable: name, problem: `sets the variable ${JSON.stringify(name)} to` })),
    ...(build?.args ?? []).map(({ name, value }) => (
      { text: value, variable: name, problem: `sets the build argument ${JSON.stringify(name)} to` })),
    ...commands.map((words = []) => (
      { text: [words].flat().join(' '), settings: true, problem: 'puts into a command' })),
  ];
}
