/** A judge that is missing, or that did not look at what it was given: never the same as one that found nothing. */
export class CannotJudge extends Error {}
