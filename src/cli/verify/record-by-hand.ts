import { EvidenceMethod, EvidenceOutcome } from '../../model/evidence';
import { Failure } from '../../model/failure';
import { CheckPlan, Plan } from '../../plan/plan';
import { UsageError } from '../../util/errors';
import { commandLineOf } from '../../verify/check-command';
import { personHere } from '../../verify/person';
import { judgeWords, now, recordEvidence, recordFile, RecordPlace } from '../../verify/record-evidence';
import { redactorFor } from '../../verify/redactor-for';
import { Arguments } from '../arguments';
import { printJson } from '../session';
import { ExitCode, Terminal } from '../terminal';

/** Records a manual check without running it. */
export function recordByHand(
  check: CheckPlan,
  plan: Plan,
  place: RecordPlace,
  args: Arguments,
  terminal: Terminal,
): ExitCode | Failure {
  const redactor = redactorFor(place.root, plan);
  if (redactor instanceof Failure) {
    return redactor;
  }
  const words = {
    by: redactor.text((args.by as string | undefined) ?? personHere(place.root)),
    note: redactor.text(args.note as string),
  };
  const [problem] = judgeWords(words);
  if (problem !== undefined) {
    throw new UsageError(`--by or --note cannot be recorded: ${problem.message}`);
  }
  const outcome = args.outcome === EvidenceOutcome.FAILED ? EvidenceOutcome.FAILED : EvidenceOutcome.PASSED;
  const [finding] = recordEvidence(place, {
    ...words,
    check: check.name,
    method: EvidenceMethod.HAND,
    outcome,
    command: redactor.text(commandLineOf(check.command, plan).text),
    tools: [],
    at: now(),
    fingerprint: check.fingerprint.digest,
    parts: [...check.fingerprint.parts],
  });
  if (finding !== undefined) {
    return new Failure(finding);
  }
  const record = recordFile(place, check.name);
  if (args.json) {
    printJson({ check: check.name, outcome, record }, terminal);
  } else if (!args.quiet) {
    terminal.out(
      `Recorded in ${record}: ${check.name} ${outcome}, checked by ${words.by}.\n` +
        'Run "npx toolbox-constructs synth" to update the pages, and commit both.\n',
    );
  }
  return ExitCode.SUCCESS;
}
