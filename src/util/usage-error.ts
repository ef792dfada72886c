/** The command was called in a way that cannot work. Printed as one sentence, without a stack. */
export class UsageError extends Error {
}
