import { compareText } from './collections';
import { OwnRulePlan, ProblemPlan } from './plan';
import { IRule } from '../model/rule';
import { takenIds } from '../model/taken-ids';
import { Toolbox } from '../model/toolbox';

/** Asks every construct and every rule of the model's own what is wrong. */
export function resolveProblems(toolbox: Toolbox): ProblemPlan[] {
  const problems = toolbox.node.findAll().flatMap((construct) => [
    ...takenIds(construct).map(({ id, path }): ProblemPlan => ({
      rule: 'construct-id',
      path,
      message: `${JSON.stringify(construct.node.path)} already has a child with the id ${JSON.stringify(id)}.`,
    })),
    ...asked('construct-validation', construct.node.path, () => construct.node.validate().map((message) => ({
      rule: 'construct-validation',
      path: construct.node.path,
      message: String(message),
    }))),
  ]);
  return [...problems, ...toolbox._rules.flatMap((rule) => violationsOf(rule, toolbox))].sort(
    (a, b) => compareText(a.rule, b.rule) || compareText(a.path, b.path) || compareText(a.message, b.message),
  );
}

function violationsOf(rule: IRule, toolbox: Toolbox): ProblemPlan[] {
  return asked('model-rule', toolbox.node.path, () => rule.check(toolbox).map(({ construct, message, fix }) => ({
    rule: rule.id,
    path: construct.node.path,
    message: String(message),
    fix: fix === undefined ? undefined : String(fix),
  })));
}

/** Code of the model that throws is a problem as well. */
function asked(rule: string, path: string, ask: () => ProblemPlan[]): ProblemPlan[] {
  try {
    return ask();
  } catch (error) {
    return [
      { rule, path, message: `The check threw an error: ${error instanceof Error ? error.message : String(error)}` },
    ];
  }
}

/** Rules of the model's own, in the order that they were added. */
export function resolveOwnRules({ _rules: rules }: Toolbox): OwnRulePlan[] {
  return rules.map(({ id, severity, title, fix, facets, waivable }) => (
    { id, severity, title, fix, facets: [...(facets ?? [])], waivable: waivable ?? true }));
}
