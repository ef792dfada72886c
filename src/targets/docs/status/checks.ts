import { CheckPlan, CheckStatusPlan, Plan, PrerequisitePlan } from '../../../plan/plan';
import { statusSummary } from '../../../plan/status-summary';
import { from, Origin, origin } from '../../origin';
import { commandText } from '../check-command';
import { codeSpan } from '../escape/code-span';
import { fileLink } from '../escape/link';
import { joined, Markdown, md } from '../escape/markdown';
import { prose } from '../escape/prose';
import { text } from '../escape/text';
import { Messages } from '../messages/messages';
import { Block, groupedTable, section } from '../page';
import { fromPage } from '../places';
import { changesText, moment, names, sentence } from '../words';

const VERIFY = 'npx toolbox-constructs verify';
const EVIDENCE_PROPERTY = 'evidence: Evidence.fromDirectory(\'inventories/evidence\')';

/** The checks: verified ones with their records, and those still to verify. */
export function checkSection(plan: Plan, messages: Messages): Block {
  const { checks: words } = messages;
  const { evidenceDirectory, stray } = plan.records;
  const rows = plan.checks.map((check) => ({
    group: words.stateGroup[check.status.kind],
    cells: from(() => ofCheck(plan, check), checkRow(plan, check, messages)),
  }));
  return section(
    words.heading,
    plan.checks.length === 0
      ? []
      : [
        sentence(messages.summary.checks(statusSummary(plan))),
        evidenceDirectory === undefined
          ? words.noEvidenceDirectory(codeSpan(EVIDENCE_PROPERTY))
          : words.howTo(codeSpan(VERIFY), codeSpan(evidenceDirectory)),
        groupedTable(messages.page, words.columns, rows),
        stray.length === 0
          ? undefined
          : words.stray(
            stray.length,
            names(
              messages,
              stray.map(({ location }) => location.file),
            ),
          ),
      ],
  );
}

function ofCheck(plan: Plan, { path, covers }: CheckPlan): Origin {
  const covered = [...plan.services, ...plan.hostServices].filter(({ name }) => covers.includes(name));
  return origin([path, ...covered.map((one) => one.path)], ['check']);
}

function checkRow(plan: Plan, check: CheckPlan, messages: Messages): Markdown[] {
  const { checks: words } = messages;
  const name = md`${text(check.title)} (${codeSpan(check.name)})`;
  return [
    check.required ? name : words.notRequired(name),
    names(messages, [...check.covers, ...check.files], words.nothing),
    check.prerequisites.length === 0
      ? words.nothing
      : joined(check.prerequisites.map((need) => prerequisiteText(need, messages))),
    codeSpan(commandText(check.command, plan)),
    expectation(check, messages),
    state(check, messages),
    evidence(plan, check, messages),
  ];
}

function prerequisiteText(need: PrerequisitePlan, { checks: words }: Messages): Markdown {
  return words.need(need.kind, 'name' in need ? codeSpan(need.name) : md``);
}

function expectation({ expectation: seen, expectedOutput }: CheckPlan, { checks: words }: Messages): Markdown {
  return expectedOutput === undefined
    ? prose(seen)
    : words.outputContains(sentence(prose(seen)), codeSpan(expectedOutput));
}

function state({ status }: CheckPlan, messages: Messages): Markdown {
  const word = stateWord(status, messages);
  return status.kind === 'stale' && status.changes.length > 0
    ? md`${word}; ${changesText(messages, status.changes)}`
    : word;
}

/** Who saw it when, with a link to the record. */
function evidence(plan: Plan, { status }: CheckPlan, messages: Messages): Markdown {
  const { checks: words } = messages;
  if (status.kind === 'to-verify') {
    return words.noRecord;
  }
  const { method, by, at, tools, note, location } = status.record;
  const recorded = words.recorded(
    fileLink(words.record(method), fromPage(plan, location.file)),
    text(by),
    moment(messages, at),
  );
  const judged =
    tools.length === 0
      ? recorded
      : words.withTools(
        recorded,
        names(
          messages,
          tools.map((tool) => `${tool.name} ${tool.version}`),
        ),
      );
  return note === undefined ? judged : md`${judged}: ${sentence(prose(note))}`;
}

/** The state of a check in a word or two. */
export function stateWord(status: CheckStatusPlan, { checks: words }: Messages): Markdown {
  switch (status.kind) {
    case 'to-verify': return words.toVerify;
    case 'verified': return words.verified(status.record.method);
    case 'failed': return words.failed(status.record.method, status.record.exitCode);
    case 'stale': return words.stale(status.record.outcome);
  }
}
