import { Failure } from '../../model/failure';
import { Finding } from '../../model/finding';
import { hasErrors } from '../../model/rule-facts';
import { PinPlan } from '../../plan/plan';
import { chooseImages, readPins } from '../../registry/read-pins';
import { lazy } from '../../util/lazy';
import { didYouMean } from '../../util/nearest';
import { UsageError } from '../../util/usage-error';
import { Arguments } from '../arguments';
import { Command } from '../command';
import { ExitCode } from '../exit-code';
import { planOf } from '../plan-of';
import { APP_OPTIONS, openSession, printFindings, printJson, reportFailure } from '../session';
import { Terminal } from '../terminal';

const checking = lazy(() => require('../pins/check-pins') as typeof import('../pins/check-pins'));
const updating = lazy(() => require('../pins/update-pins') as typeof import('../pins/update-pins'));
const pinTable = lazy(() => require('../pins/pin-table') as typeof import('../pins/pin-table'));

const DEEDS = ['update', 'check'];

const DESCRIPTION = `Lists the pins: which version was chosen of what, where it runs, what holds it, who uses it.

  update  Looks up the digests of images in their registries, of all or of those that are named,
          and writes them into the inventory: all, or none when one cannot be looked up. Nothing
          else in the file changes.
  check   Tells what registries say now against what is recorded; writes nothing. A tag that
          has moved ends it with exit code 1; a digest that is missing is told. Exit code 75:
          nothing is wrong but that a registry gave no answer this time.

Registries that ask for a name and a password get those that "docker login" keeps, from Docker's
config.json or its credential helper. HTTPS alone, save for registries on this machine. Behind a
proxy: set HTTPS_PROXY and NODE_USE_ENV_PROXY=1, with Node 22.21, 24 or newer.`;

/** `toolbox pins` */
export const pins: Command = {
  description: DESCRIPTION,
  options: {
    ...APP_OPTIONS,
    'dry-run': { type: 'boolean', help: 'With update: show what would change in the inventory' },
  },
  operands: { usage: '[update|check] [COMPONENT…]', least: 0, most: Infinity },
  async run(args, terminal, [deed, ...names]) {
    judgeDeed(deed, args);
    const session = await openSession(args, terminal, { request: 'plan' });
    if (session instanceof Failure) {
      return reportFailure(session, args, terminal);
    }
    const plan = planOf(session);
    const all = plan instanceof Failure ? plan : readPins(plan);
    if (all instanceof Failure) {
      return reportFailure(all, args, terminal);
    }
    // what else is wrong with the model is for synth to tell: a missing digest may be the reason why this runs
    const findings = session.findings.filter(({ rule }) => rule.startsWith('inventory-'));
    if (deed === undefined) {
      return list(all, findings, args, terminal);
    }
    if (hasErrors(findings)) {
      return refuse(findings, args, terminal);
    }
    const images = chooseImages(all, names);
    if (args.quiet !== true && images.length > 0) {
      terminal.err(`looking up ${images.length} image${images.length === 1 ? '' : 's'}\n`);
    }
    if (deed === 'check') {
      return checking().checkPins(images, args, terminal);
    }
    return updating().updatePins(
      session.project.root,
      images,
      args,
      terminal,
    );
  },
};

function judgeDeed(deed: string | undefined, args: Arguments): void {
  if (deed !== undefined && !DEEDS.includes(deed)) {
    throw new UsageError(`"toolbox pins" does not know "${deed}", only update and check.${didYouMean(deed, DEEDS)}`);
  }
  if (args['dry-run'] === true && deed !== 'update') {
    throw new UsageError('The option "--dry-run" goes with "toolbox pins update".');
  }
}

function list(all: readonly PinPlan[], findings: readonly Finding[], args: Arguments, terminal: Terminal): ExitCode {
  if (args.json) {
    printJson({ findings, pins: all }, terminal);
  } else {
    const { formatPins, isOpen } = pinTable();
    terminal.out(formatPins(args.quiet ? all.filter(isOpen) : all));
    printFindings(findings, args, terminal);
  }
  return hasErrors(findings) ? ExitCode.FINDINGS : ExitCode.FINE;
}

function refuse(findings: readonly Finding[], args: Arguments, terminal: Terminal): ExitCode {
  if (args.json) { printJson({ findings }, terminal); } else { printFindings(findings, args, terminal); }
  return ExitCode.FINDINGS;
}
