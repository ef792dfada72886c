import { Subject, THERE } from './subject';
import { commandText, listOf, textOf } from './tree';

/** What a container runs. */
export function sayCommand(subject: Subject, entrypoint: unknown, command: unknown): void {
  if (entrypoint !== undefined) { subject.say({ kind: 'entrypoint', text: commandText(entrypoint) }); }
  if (command !== undefined) { subject.say({ kind: 'command', text: commandText(command) }); }
  // Docker's gateway is told its policy in this way
  for (const word of listOf(command).map(textOf)) {
    const [, tool] = /^--tools=(.+)$/.exec(word) ?? [];
    if (tool !== undefined) { subject.say({ kind: 'offered-tool', item: tool, text: THERE, power: { level: 1 } }); }
  }
}

const RESTARTS: Readonly<Record<string, string>> = {
  'no': 'never', 'Never': 'never', 'unless-stopped': 'always', 'Always': 'always', 'OnFailure': 'on-failure',
};

/** When it is started again, in the words of no target. */
export function sayRestart(subject: Subject, policy: string): void {
  if (policy !== '') {
    subject.say({
      kind: 'restart',
      text: Object.hasOwn(RESTARTS, policy) ? RESTARTS[policy] : policy.replace(/^on-failure:.*/, 'on-failure'),
    });
  }
}
