import { judgeVersion } from './compare-version';
import { Examination, Examiner, Result } from './examination';
import { agentsOf, pinOf } from './facts';
import { releases } from '../model/private/codex-releases';
import { AgentPlan, PinPlan } from '../plan/plan';

const SUBJECT = 'codex on the host';

/** The codex on the host, where the inventory pins one for it. The one in the container is built as pinned. */
export const codex: Examiner = {
  async examine(examination) {
    const agent = agentsOf(examination.plan).find(({ component }) => pinOf(examination.plan, component)?.runsOn.includes('host'));
    return agent === undefined ? [] : [await look(examination, agent, pinOf(examination.plan, agent.component)!)];
  },
};

async function look({ run }: Examination, agent: AgentPlan, pin: PinPlan): Promise<Result> {
  const asked = pin.version ?? 'to be decided';
  const answer = await run('codex', '--version');
  if (answer.kind === 'none') {
    return answer.missing
      ? { subject: SUBJECT, status: 'not-checked', found: `${answer.reason}; the one in the container does without it`, asked }
      : { subject: SUBJECT, status: 'wrong', found: answer.reason, asked, mend: install(pin)(asked) };
  }
  const [, version] = /^codex-cli (\S+)\s*$/m.exec(answer.out) ?? [];
  if (version === undefined) return { subject: SUBJECT, status: 'wrong', found: '"codex --version" does not tell its version', asked, mend: install(pin)(asked) };
  if (agent.wireApi === 'chat' && !releases.codexSpeaksChat(version)) {
    return { subject: SUBJECT, status: 'wrong', found: `${version}, which no longer speaks the chat API that the model server has`, asked, mend: install(pin)(asked) };
  }
  return judgeVersion(SUBJECT, version, pin, install(pin));
}

function install({ artifact }: PinPlan): (version: string) => string {
  const name = artifact.kind === 'npm' ? artifact.name : '@openai/codex';
  return (version) => `Install it: npm install --global ${name}@${version}`;
}
