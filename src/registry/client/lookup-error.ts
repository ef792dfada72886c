/**
 * A digest could not be looked up; told in one sentence that holds nothing a registry or a token server said word for
 * word.
 */
export class LookupError extends Error {
}

/** As `LookupError`, but it may go better the next time. */
export class PassingError extends LookupError {
}
