import { PinPlan } from '../../plan/plan';
import { printable } from '../../util/printable';

const ANSWER: Readonly<Record<PinPlan['status'], string>> = { decided: 'yes', undecided: 'no', rejected: 'rejected' };
const HEAD = ['component', 'version', 'runs on', 'held by', 'decided', 'used by'];

/** Number of digits shown of a digest. */
const SHOWN_DIGITS = 12;

/** Formats pins as a table with a summary line. */
export function formatPins(pins: readonly PinPlan[]): string {
  return `${columns([HEAD, ...pins.map(row)]).join('\n')}\n\n${summary(pins)}\n`;
}

/** Returns whether a pin is undecided or lacks a digest; nothing is open about a rejected one. */
export function isOpen(pin: PinPlan): boolean {
  return (
    pin.status !== 'rejected' &&
    (pin.status === 'undecided' ||
      isWithoutDigest(pin) ||
      (pin.artifact.kind === 'npm' && pin.artifact.integrity === undefined))
  );
}

function row(pin: PinPlan): string[] {
  const { component, version, runsOn, status, usedBy } = pin;
  return [
    component,
    version ?? 'to be decided',
    runsOn.join(', '),
    holder(pin),
    ANSWER[status],
    usedBy.join(', '),
  ].map(printable);
}

function holder({ artifact, version }: PinPlan): string {
  switch (artifact.kind) {
    case 'image': return artifact.digest === undefined ? 'no digest' : `digest ${shortened(artifact.digest)}`;
    case 'npm': return artifact.integrity === undefined ? 'no integrity' : `integrity ${shortened(artifact.integrity)}`;
    case 'none': return version === undefined ? 'nothing yet' : 'its version';
  }
}

function shortened(checksum: string): string {
  const end = checksum.search(/[:-]/) + 1 + SHOWN_DIGITS;
  return `${checksum.slice(0, end)}…`;
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = HEAD.map((_, column) => Math.max(...rows.map((cells) => cells[column].length)));
  return rows.map((cells) => cells.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd());
}

function summary(pins: readonly PinPlan[]): string {
  const undecided = pins.filter(({ status }) => status === 'undecided').length;
  const missing = pins.filter(isWithoutDigest).length;
  const counts = [
    ...(undecided > 0 ? [`${undecided} to be decided`] : []),
    ...(missing > 0 ? [`${missing} without a digest`] : []),
  ];
  return [`${pins.length} pin${pins.length === 1 ? '' : 's'}`, ...counts].join(', ');
}

function isWithoutDigest({ artifact, status }: PinPlan): boolean {
  return status !== 'rejected' && artifact.kind === 'image' && artifact.digest === undefined;
}
