import { Failure } from '../model/failure';
import { imageName } from '../plan/image-reference';
import { PinPlan, Plan } from '../plan/plan';
import { outputFinding } from '../rules/reported/output-folder';
import { UsageError } from '../util/errors';
import { didYouMean } from '../util/nearest';

/** A pin of an image. */
export interface ImagePin extends PinPlan {
  readonly artifact: PinPlan['artifact'] & { readonly kind: 'image' };
}

/** Returns the pins of a plan, or a failure: plans of apps are untrusted input. */
export function readPins(plan: Plan): readonly PinPlan[] | Failure {
  const odd = plan.pins.findIndex((pin) => !isPin(pin));
  return odd < 0
    ? plan.pins
    : new Failure(
      outputFinding(
        'output-document',
        `The result of the app cannot be used. "pins[${odd}]" of its plan is not a pin.`,
      ),
    );
}

/**
 * Returns all image pins that are not rejected, or the named ones.
 *
 * @throws UsageError for a name that is not a pin or not an image
 */
export function chooseImages(pins: readonly PinPlan[], names: readonly string[]): ImagePin[] {
  for (const name of names) {
    const pin = pins.find(({ component }) => component === name);
    if (pin === undefined) {
      throw new UsageError(
        `no pin is called "${name}".${didYouMean(
          name,
          pins.map(({ component }) => component),
        )}`,
      );
    }
    if (!isImage(pin)) { throw new UsageError(`"${name}" is not an image: it has no digest to look up.`); }
  }
  return pins.filter(isImage).filter(({ component, status }) =>
    (names.length === 0 ? status !== 'rejected' : names.includes(component)));
}

/** Returns the name by which the image of a pin is pulled. */
export function labelOf({ artifact }: ImagePin): string {
  return imageName(artifact);
}

function isImage(pin: PinPlan): pin is ImagePin {
  return pin.artifact.kind === 'image';
}

function isPin(value: unknown): boolean {
  const pin = recordOf(value);
  const hasTexts =
    ['component', 'title', 'status'].every((key) => typeof pin[key] === 'string') && isOptionalText(pin.version);
  const isPlaced = pin.location === undefined || isLocation(recordOf(pin.location));
  return hasTexts && isPlaced && isTexts(pin.runsOn) && isTexts(pin.usedBy) && isArtifact(recordOf(pin.artifact));
}

function isArtifact({ kind, repository, name, tag, digest, integrity }: Record<string, unknown>): boolean {
  const isNamed =
    { image: typeof repository === 'string', npm: typeof name === 'string', none: true }[String(kind)] === true;
  return isNamed && [tag, digest, integrity].every(isOptionalText);
}

function isLocation({ file, line }: Record<string, unknown>): boolean {
  return typeof file === 'string' && Number.isSafeInteger(line);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isOptionalText(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? value as Record<string, unknown> : {};
}
