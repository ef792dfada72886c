/**
 * The mutated code and the tests that judge it: those that mirror the code, and those that use hostile inputs. Tests
 * that only start programs are left out, since their coverage is unknown. Where the code is mostly patterns created
 * when a module is loaded, these are mutated as well (`statics`): each one needs a run of all tests of the area.
 */
export const AREAS = {
  rules: {
    mutate: ['src/rules/**/*.ts'],
    tests: ['rules/**/*.test.ts'],
  },
  escaping: {
    statics: true,
    mutate: [
      'src/targets/docs/escape/*.ts',
      'src/util/yaml-text.ts',
      'src/targets/target-file.ts',
      'src/targets/host-commands.ts',
      'src/util/unseen.ts',
      'src/targets/compose/interpolation.ts',
      'src/targets/kubernetes/escape.ts',
      'src/util/printable.ts',
      'src/services/private/haproxy.ts',
    ],
    tests: [
      'targets/docs/escape/written.test.ts',
      'util/yaml-text.test.ts',
      'targets/hash-comment.test.ts',
      'targets/shell-word.test.ts',
      'util/unseen.test.ts',
      'targets/compose/interpolation.test.ts',
      'targets/kubernetes/escape.test.ts',
      'util/printable.test.ts',
      'services/private/*.test.ts',
    ],
  },
  gate: {
    mutate: [
      'src/plan/resolve-gate.ts',
      'src/plan/resolve-checks.ts',
      'src/plan/fingerprint/*.ts',
      'src/rules/approval-output.ts',
      'src/inventory/private/seal.ts',
      'src/inventory/private/read-approval.ts',
      'src/inventory/private/read-evidence.ts',
      'src/verify/status/requirements.ts',
    ],
    tests: [
      'plan/**/*.test.ts',
      'rules/approval-output.test.ts',
      'inventory/approval.test.ts',
      'inventory/evidence.test.ts',
      'inventory/evidence-refused.test.ts',
      'inventory/records-written.test.ts',
      'verify/status/requirements.test.ts',
    ],
  },
  redaction: {
    statics: true,
    mutate: ['src/verify/redaction/*.ts'],
    tests: ['verify/redaction/*.test.ts'],
  },
  paths: {
    mutate: [
      'src/assembly/private/output-path.ts',
      'src/assembly/private/look.ts',
      'src/assembly/private/apply-changes.ts',
      'src/assembly/private/compare-folder.ts',
      'src/assembly/private/manifest.ts',
      'src/assembly/private/ownership.ts',
      'src/assembly/private/temporary-file.ts',
      'src/assembly/replace-file.ts',
      'src/assembly/check-output.ts',
      'src/assembly/read-output.ts',
      'src/assembly/write-output.ts',
      'src/plan/project-path.ts',
    ],
    tests: ['assembly/*.test.ts', 'util/printable.test.ts', 'plan/project-path.test.ts'],
  },
};
