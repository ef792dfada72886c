/** The command was called in a way that cannot work; told in one sentence, without a stack. */
export class WrongUse extends Error {
}
