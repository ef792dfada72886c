/**
 * Runs a task and returns the milliseconds of processor time that this process spent meanwhile. Unlike a clock it does
 * not count the time in which a busy machine runs something else.
 */
export async function cpuMs(task: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await task();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
