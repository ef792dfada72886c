import { pinsAreUnread, settingProblems } from './private/reported-problems';
import { Rule } from './rule';

export const codexCompatibility: Rule = {
  id: 'codex-compatibility',
  severity: 'error',
  title: 'The pinned codex and Ollama support the configured wire API and MCP transport',
  fix: 'Change pins, wire API and transport together: codex 0.42 with Ollama 0.12 needs chat and stdio.',
  waivable: false,
  facets: ['image', 'config', 'host-service'],
  check: (context) => (pinsAreUnread(context) ? [] : settingProblems(context.plan, 'codex-compatibility')),
};
