import { EnvFile, IPinSource, Pin, Secret, Size, Testing, TestingSynthesis, Toolbox, Volume } from '../../src/core';
import { aPin, aToolbox, DIGEST, pinSource } from '../rules/support';

/** Pins as the reference toolbox has them, with the given versions. */
export function codexPins(codex: string, ollama = '0.12.3', ...more: Pin[]): IPinSource {
  return pinSource(
    aPin('codex-cli', { version: codex, npm: { name: '@openai/codex', integrity: 'sha512-abc' } }),
    aPin('ollama', { version: ollama, image: { repository: 'ollama/ollama', tag: ollama, digest: DIGEST } }),
    ...more,
  );
}

export function aVolume(toolbox: Toolbox, id: string): Volume {
  return Volume.persistent(toolbox, id, { size: Size.gibibytes(1), multiWriter: true });
}

export function aSecret(toolbox: Toolbox, key: string): Secret {
  return new Secret(new EnvFile(toolbox, 'env'), key, { description: 'For tests' });
}

/** What a toolbox becomes; findings that are not waived fail the test. */
export function filesOf(build: (toolbox: Toolbox) => void, pins: IPinSource): TestingSynthesis['files'] {
  const toolbox = aToolbox(pins);
  build(toolbox);
  const { files, findings } = Testing.synth(toolbox);
  expect(findings.filter(({ severity, waived }) => severity === 'error' && waived === undefined)).toEqual([]);
  return files;
}
