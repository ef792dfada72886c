/** A usage error. Printed as one sentence, without a stack trace. */
export class UsageError extends Error {
}
