import { Rule } from './rule';

export const serviceCommand: Rule = {
  id: 'service-command',
  severity: 'error',
  title: 'Entry points and commands are not empty',
  fix: 'Omit it to keep the default of the image, or name a program: targets differ on an empty list.',
  waivable: false,
  facets: ['command'],
  check: ({ plan }) =>
    plan.services.flatMap(({ path, entrypoint, command }) => [
      ...(entrypoint?.length === 0 ? [{ path, message: 'The entry point is an empty list.' }] : []),
      ...(command?.length === 0 ? [{ path, message: 'The command is an empty list.' }] : []),
    ]),
};
