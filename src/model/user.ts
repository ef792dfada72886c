import { aNumber, expectFields, optional } from './fields';
import { markKind } from './kind';

/** The user a program runs as, by number. */
export class User {
  /** Number 0: a finding of the rule service-user unless waived. */
  public static readonly ROOT = new User(0, 0);

  /**
   * A user by numbers.
   *
   * @param uid user number, 0 to 2147483647
   * @param gid group number
   * @default gid - the same number as uid
   */
  public static of(uid: number, gid?: number): User {
    expectFields('User.of', { uid, gid }, { uid: aNumber, gid: optional(aNumber) });
    return new User(uid, gid ?? uid);
  }

  private constructor(
    /** User number. */
    public readonly uid: number,
    /** Group number. */
    public readonly gid: number,
  ) {}
}

markKind(User, 'User');
