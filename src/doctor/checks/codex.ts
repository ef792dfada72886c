import { ClientPlan, PinPlan } from '../../plan/plan';
import { isAtLeast } from '../../util/version';
import { judgeVersion } from '../compare-version';
import { Examination, Examiner, Result } from '../examination';
import { AgentService, agentsOf, pinOf } from '../facts';
import { askInside } from '../machine/inside';

/** Checks the codex version in each agent image, and on the host if the inventory pins it there. */
export const codex: Examiner = {
  async examine(examination) {
    const { plan } = examination.props;
    const agents = agentsOf(plan);
    const onHost = agents.find(({ client }) => pinOf(plan, client.component)?.runsOn.includes('host'))?.client;
    const results = await Promise.all([
      ...agents
        .filter(({ image }) => image.facts.healthTools.includes('codex'))
        .map((service) => lookInside(examination, service)),
      ...(onHost === undefined ? [] : [lookOnHost(examination, onHost, pinOf(plan, onHost.component)!)]),
    ]);
    return results;
  },
};

async function lookInside(examination: Examination, service: AgentService): Promise<Result> {
  const pin = pinOf(examination.props.plan, service.client.component);
  const facts = { subject: `codex in ${service.name}`, expected: pin?.version ?? 'a working codex' };
  const fix = `Rebuild the image of ${service.name}.`;
  const answer = await askInside(examination, service, { codex: ['--version'] });
  if (answer.kind === 'none') {
    return { ...facts, status: 'not-checked', found: answer.reason };
  }
  const version = versionIn(answer.out);
  return version === undefined
    ? { ...facts, status: 'failure', found: `it does not run (exit code ${answer.code})`, fix }
    : judgeVersion(facts.subject, version, pin, () => fix.slice(0, -1));
}

async function lookOnHost({ props: { run } }: Examination, client: ClientPlan, pin: PinPlan): Promise<Result> {
  const facts = { subject: 'codex on the host', expected: pin.version ?? 'to be decided' };
  const fix = install(pin)(facts.expected);
  const answer = await run('codex', ['--version']);
  if (answer.kind === 'none') {
    return answer.cause === 'missing'
      ? { ...facts, status: 'not-checked', found: `${answer.reason}; the container does not need it` }
      : { ...facts, status: 'failure', found: answer.reason, fix };
  }
  const version = versionIn(answer.out);
  if (version === undefined) {
    return { ...facts, status: 'failure', found: '"codex --version" prints no version', fix };
  }
  if (client.protocolBefore !== undefined && isAtLeast(version, client.protocolBefore)) {
    return {
      ...facts,
      status: 'failure',
      found: `${version}, which no longer supports the ${client.protocol} API of the model server`,
      fix,
    };
  }
  return judgeVersion(facts.subject, version, pin, install(pin));
}

function versionIn(text: string): string | undefined {
  return /^codex-cli (\S+)\s*$/m.exec(text)?.[1];
}

function install({ artifact }: PinPlan): (version: string) => string {
  const name = artifact.kind === 'npm' ? artifact.name : '@openai/codex';
  return (version) => `Install it: npm install --global ${name}@${version}`;
}
