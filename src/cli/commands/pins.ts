import { Failure } from '../../model/failure';
import { Finding } from '../../model/finding';
import { hasErrors } from '../../model/rule-facts';
import { PinPlan } from '../../plan/plan';
import { chooseImages, readPins } from '../../registry/read-pins';
import { UsageError } from '../../util/errors';
import { lazy } from '../../util/lazy';
import { didYouMean } from '../../util/nearest';
import { Arguments } from '../arguments';
import { Command } from '../command';
import { planOf } from '../plan-of';
import { APP_OPTIONS, openSession, printFindings, printJson, reportFailure } from '../session';
import { ExitCode, Terminal } from '../terminal';

const checking = lazy(() => require('../pins/check-pins') as typeof import('../pins/check-pins'));
const updating = lazy(() => require('../pins/update-pins') as typeof import('../pins/update-pins'));
const pinTable = lazy(() => require('../pins/pin-table') as typeof import('../pins/pin-table'));

const ACTIONS = ['update', 'check'];

const DESCRIPTION = `Lists the pins: version, where it runs, how it is pinned, and which services use it.

  update  Looks up the digests of all or the named images in their registries and writes them
          to the inventory: all, or none if a lookup fails. Nothing else in the file changes.
  check   Compares the recorded digests with the registries, without writing. Exit code 1 if a tag
          has moved; missing digests are warnings. Exit code 75 if the only problem is a registry
          that did not answer.

Credentials come from "docker login": Docker's config.json or its credential helper. Only HTTPS,
except for registries on this machine. Behind a proxy, set HTTPS_PROXY and NODE_USE_ENV_PROXY=1
(Node 22.21, 24 or newer).`;

/** `toolbox pins` */
export const pins: Command = {
  description: DESCRIPTION,
  options: {
    ...APP_OPTIONS,
    'dry-run': { type: 'boolean', help: 'With update: show the changes without writing' },
  },
  operands: { usage: '[update|check] [COMPONENT…]', least: 0, most: Infinity },
  async run(args, terminal, [action, ...names]) {
    validateAction(action, args);
    const session = await openSession(args, terminal, { request: 'plan' });
    if (session instanceof Failure) {
      return reportFailure(session, args, terminal);
    }
    const plan = planOf(session);
    const all = plan instanceof Failure ? plan : readPins(plan);
    if (all instanceof Failure) {
      return reportFailure(all, args, terminal);
    }
    // other findings are left to synth: a missing digest may be the reason for running this
    const findings = session.findings.filter(({ rule }) => rule.startsWith('inventory-'));
    if (action === undefined) {
      return list(all, findings, args, terminal);
    }
    if (hasErrors(findings)) {
      return refuse(findings, args, terminal);
    }
    const images = chooseImages(all, names);
    if (args.quiet !== true && images.length > 0) {
      terminal.err(`looking up ${images.length} image${images.length === 1 ? '' : 's'}\n`);
    }
    if (action === 'check') {
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

function validateAction(action: string | undefined, args: Arguments): void {
  if (action !== undefined && !ACTIONS.includes(action)) {
    throw new UsageError(`"toolbox pins" takes update or check, not "${action}".${didYouMean(action, ACTIONS)}`);
  }
  if (args['dry-run'] === true && action !== 'update') {
    throw new UsageError('--dry-run is an option of "toolbox pins update" only.');
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
  return hasErrors(findings) ? ExitCode.FINDINGS : ExitCode.SUCCESS;
}

function refuse(findings: readonly Finding[], args: Arguments, terminal: Terminal): ExitCode {
  if (args.json) { printJson({ findings }, terminal); } else { printFindings(findings, args, terminal); }
  return ExitCode.FINDINGS;
}
