/**
 * The whole environment of a command: nothing of the gateway's own, where secrets may be. What it puts aside goes with
 * its folder.
 */
export function environmentOf(home: string): Record<string, string> {
  return { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', TZ: 'UTC', HOME: home, TMPDIR: home };
}
