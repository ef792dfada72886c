import { Rule } from './rule';

export const serviceCommand: Rule = {
  id: 'service-command',
  severity: 'error',
  title: 'An entry point and a command have words',
  fix: "Leave it out to keep the image's own, or say what is run: an engine takes an empty list for nothing, a cluster for the image's own.",
  waivable: false,
  facets: ['command'],
  check: ({ plan }) =>
    plan.services.flatMap(({ path, entrypoint, command }) => [
      ...(entrypoint?.length === 0 ? [{ path, message: 'The entry point is an empty list.' }] : []),
      ...(command?.length === 0 ? [{ path, message: 'The command is an empty list.' }] : []),
    ]),
};
