/** What a ready-made service was given that its program would refuse, or take for something else. */
export interface SettingProblem {
  readonly message: string;
  readonly fix: string;
}
