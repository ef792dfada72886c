import { spawn } from 'node:child_process';
import { callFailed, errorsIn, parseEvents } from './events.mjs';

// starting a gateway's bridge may take codex 20 seconds, a call 60
const LIMIT_MILLISECONDS = 120_000;

/** Runs `codex exec` once against the model at `url`, and collects what it reported. */
export async function runCodex({ profile, provider, url }) {
  const override = (key, value) => ['--config', `model_providers.${provider}.${key}=${JSON.stringify(value)}`];
  const codex = spawn('codex', [
    'exec', '--profile', profile, '--skip-git-repo-check', '--json',
    ...override('base_url', url), ...override('request_max_retries', 0), ...override('stream_max_retries', 0),
    'Offer your tools.',
  ], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // its errors come as events; its log would print the configuration
    env: { ...process.env, RUST_LOG: 'off', NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' },
    timeout: LIMIT_MILLISECONDS,
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) {
    codex[name].setEncoding('utf8').on('data', (text) => { output[name] += text; });
  }
  const code = await new Promise((resolve, reject) => codex.once('error', reject).once('close', resolve));
  const events = parseEvents(output.stdout);
  return {
    code,
    callFailed: callFailed(events),
    errors: errorsIn(events),
    complaint: output.stderr.split('\n').find((line) => line.trim() !== '') ?? '',
  };
}
