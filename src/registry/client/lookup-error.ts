/**
 * A failed lookup. The message never quotes an answer of a registry or a token server.
 */
export class LookupError extends Error {
}

/** A `LookupError` that may go away with a retry. */
export class TemporaryError extends LookupError {
}
