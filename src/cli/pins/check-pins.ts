import { Finding } from '../../model/finding';
import { hasErrors } from '../../model/rule-facts';
import { LookedUp, lookUpPins } from '../../registry/look-up-pins';
import { ImagePin, labelOf } from '../../registry/read-pins';
import { pinFinding } from '../../rules/reported/pins';
import { printable } from '../../util/printable';
import { Arguments } from '../arguments';
import { printFindings, printJson } from '../session';
import { ExitCode, Terminal } from '../terminal';

/** Implements `toolbox pins check`: compares recorded digests with the registries. */
export async function checkPins(pins: readonly ImagePin[], args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const lookedUp = await lookUpPins(pins);
  const findings = lookedUp.flatMap(judge);
  if (args.json) {
    printJson({ findings, images: lookedUp.map(asData) }, terminal);
  } else {
    if (!args.quiet) { terminal.out(lookedUp.map((one) => `${printable(line(one))}\n`).join('')); }
    printFindings(findings, args, terminal);
  }
  return exitCodeOf(lookedUp, findings);
}

/** Returns exit code 75 if lookups failed and there is no other problem. */
function exitCodeOf(lookedUp: readonly LookedUp[], findings: readonly Finding[]): ExitCode {
  if (!hasErrors(findings)) { return ExitCode.SUCCESS; }
  const lasting = lookedUp.filter((one) => one.problem === undefined || !one.passing).flatMap(judge);
  return hasErrors(lasting) ? ExitCode.FINDINGS : ExitCode.COULD_NOT_RUN;
}

type State = 'same' | 'moved' | 'missing' | 'unknown';

function stateOf({ pin, found }: LookedUp): State {
  if (found === undefined) { return 'unknown'; }
  if (pin.artifact.digest === undefined) { return 'missing'; }
  return pin.artifact.digest === found.digest ? 'same' : 'moved';
}

const WORDS: Readonly<Record<State, string>> = {
  same: 'as recorded',
  moved: 'has another digest now',
  missing: 'no digest recorded',
  unknown: 'could not be looked up',
};

function line(one: LookedUp): string {
  return `${one.pin.component}: ${labelOf(one.pin)} ${WORDS[stateOf(one)]}`;
}

function judge(one: LookedUp): Finding[] {
  const { pin, found, problem } = one;
  const { location, artifact: { digest } } = pin;
  switch (stateOf(one)) {
    case 'same':
      return [];
    case 'unknown':
      return [problem!];
    case 'missing':
      return [
        pinFinding(
          'pin-digest-missing',
          `No digest is recorded for ${labelOf(pin)}. The registry has ${found!.digest}.`,
          { location },
        ),
      ];
    case 'moved':
      return [
        pinFinding(
          'pin-drift',
          `${labelOf(pin)} has another digest now.\nrecorded: ${digest}\nregistry: ${found!.digest}`,
          {
            location,
          },
        ),
      ];
  }
}

function asData(one: LookedUp): object {
  const { pin: { component, artifact }, found } = one;
  return {
    component,
    image: labelOf(one.pin),
    state: stateOf(one),
    recorded: artifact.digest,
    found: found?.digest,
    kind: found?.kind,
  };
}
