/** What readers do not see, for those who know plans only. */
export { codePointName, UNSEEN, UNSEEN_IN_LINE } from '../util/unseen';
