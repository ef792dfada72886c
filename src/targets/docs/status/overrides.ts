import { Plan } from '../../../plan/plan';
import { overridden } from '../../../plan/resolve-overrides';
import { OverrideEffect, OverrideReference } from '../../../plan/target-output';
import { from, origin } from '../../origin';
import { textOf } from '../../tree';
import { codeSpan } from '../escape/code-span';
import { Markdown, md } from '../escape/markdown';
import { prose } from '../escape/prose';
import { text } from '../escape/text';
import { Messages } from '../messages/messages';
import { Block, section, table } from '../page';
import { listOf, sentence } from '../words';

interface Row {
  readonly override: OverrideReference;
  /** The key, the pointer or the object. */
  readonly what: string;
  readonly reason: string;
}

const TARGETS = { compose: md`Compose`, kubernetes: md`Kubernetes` } as const;

/** Lists what the model says for one target alone, and what that opens. */
export function overrideSection(plan: Plan, effects: readonly OverrideEffect[], messages: Messages): Block {
  const { exemptions: words } = messages;
  const opens = new Map(effects.map((effect) => [keyOf(effect.override), effect.opens]));
  const rows = rowsOf(plan);
  return section(words.overrides, rows.length === 0 ? [] : [
    words.overridesIntro,
    table(messages.page, words.overrideColumns, rows.map(({ override, what, reason }) => from(
      () => origin([override.path], ['override']),
      [
        codeSpan(what),
        codeSpan(override.path),
        TARGETS[override.target],
        opened(opens.get(keyOf(override)) ?? [], messages),
        reason === '' ? md`` : sentence(prose(reason)),
      ],
    ))),
  ]);
}

function rowsOf(plan: Plan): Row[] {
  const reference = (path: string, target: OverrideReference['target'], index: number) => ({ path, target, index });
  return [
    ...overridden(plan).flatMap(({ path, overrides: { compose, kubernetes } }): Row[] => [
      ...compose.map(({ key, reason }, index) => ({ override: reference(path, 'compose', index), what: key, reason })),
      ...kubernetes.map(({ object, pointer, reason }, index) => ({
        override: reference(path, 'kubernetes', index),
        what: object === undefined ? pointer : `${object.kind} ${object.name} ${pointer}`,
        reason,
      })),
    ]),
    ...(plan.objects ?? []).flatMap(({ path, description, objects }) => objects.map(({ value }, index): Row => {
      const { name } = (value?.metadata ?? {}) as { readonly name?: unknown };
      const what = `${textOf(value?.kind)} ${textOf(name)}`;
      return { override: reference(path, 'kubernetes', index), what, reason: description };
    })),
  ];
}

/** Lines of `diff`, in English on every page. */
function opened(lines: readonly string[], messages: Messages): Markdown {
  return listOf(messages, lines.map((line) => text(line)), messages.exemptions.opensNothing);
}

function keyOf({ path, target, index }: OverrideReference): string {
  return JSON.stringify([path, target, index]);
}
