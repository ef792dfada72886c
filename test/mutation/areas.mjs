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
      'src/targets/yaml-text.ts',
      'src/targets/target-file.ts',
      'src/targets/shell-word.ts',
      'src/util/unseen.ts',
      'src/targets/compose/interpolation.ts',
      'src/targets/kubernetes/escape.ts',
      'src/util/printable.ts',
      'src/services/private/{haproxy,toml}.ts',
    ],
    tests: [
      'targets/docs/escape/written.test.ts',
      'targets/yaml-text.test.ts',
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
      'src/inventory/private/{seal,approval-shape,evidence-shape,record-grammar}.ts',
      'src/verify/status/requirements.ts',
    ],
    tests: [
      'plan/**/*.test.ts',
      'rules/approval-output.test.ts',
      'inventory/{approval,evidence,evidence-refused,records-written}.test.ts',
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
      'src/assembly/private/{output-path,look,changes,manifest,ownership,temporary-file}.ts',
      'src/assembly/{replace-file,check-output,read-output,write-output}.ts',
      'src/plan/project-path.ts',
    ],
    tests: ['assembly/*.test.ts', 'util/printable.test.ts', 'plan/project-path.test.ts'],
  },
};
