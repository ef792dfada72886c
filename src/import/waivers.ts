import { Statement, create, name, object, value } from './expression';
import { Translation } from './translate/translate';
import { Finding, Severity } from '../model/finding';
import { ruleRegistry } from '../rules/registry';

/** One waiver for each rule whose errors the source would stop at, with the lines that it covers. */
export function waiversFor(
  findings: readonly Finding[],
  translation: Translation,
  sources: readonly string[],
): Statement[] {
  const waivable = new Set(
    ruleRegistry()
      .filter((rule) => rule.waivable)
      .map(({ id }) => id),
  );
  const errors = findings.filter(({ severity, rule }) => severity === Severity.ERROR && waivable.has(rule));
  const places = new Map<string, Set<string>>();
  for (const { rule, path } of errors) {
    places.set(rule, (places.get(rule) ?? new Set()).add(placeOf(path, translation) ?? sources[0]));
  }
  return [...places]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([rule, lines]) => ({
      expression: create(
        'Waiver',
        name(translation.draft.toolbox),
        value(rule),
        object({
          rule: value(rule),
          reason: value(`As in the compose file: ${[...lines].join(', ')}.`),
          blocksApproval: value(true),
        }),
      ),
    }));
}

/** Where the source has the service that a construct path names. */
function placeOf(path: string | undefined, { document }: Translation): string | undefined {
  const id = path?.split('/')[1];
  return id === undefined ? undefined : document.get('services')?.get(id)?.place;
}
