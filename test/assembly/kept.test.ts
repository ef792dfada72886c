import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { aFolder, files, put, removeFolders, SOURCE, treeOf } from './support';
import { checkOutput } from '../../src/assembly/check-output';
import { KeptFile } from '../../src/assembly/document';
import { sha256 } from '../../src/assembly/private/manifest';
import { writeOutput } from '../../src/assembly/write-output';

afterEach(removeFolders);

const APPROVED = files({ 'compose/docker-compose.yml': 'approved' });
const DRAFT = files({ 'compose/docker-compose.draft.yml': 'draft' });
const KEPT: KeptFile[] = [{ path: 'compose/docker-compose.yml', digest: `sha256:${sha256('approved\n')}` }];

function afterApproval(): string {
  const root = aFolder();
  writeOutput(root, APPROVED, { source: SOURCE });
  return root;
}

describe('what was approved before', () => {
  test('stays beside a draft, and is no drift', () => {
    const root = afterApproval();
    expect(writeOutput(root, DRAFT, { source: SOURCE, kept: KEPT })).toMatchObject({ findings: [], removed: [] });
    expect(treeOf(root)).toMatchObject({
      'compose/docker-compose.yml': 'approved\n',
      'compose/docker-compose.draft.yml': 'draft\n',
    });
    expect(checkOutput(root, DRAFT, { source: SOURCE, kept: KEPT })).toMatchObject({ findings: [], drift: [] });
  });

  test('gives way to the next approval, and takes the draft along', () => {
    const root = afterApproval();
    writeOutput(root, DRAFT, { source: SOURCE, kept: KEPT });
    const result = writeOutput(root, files({ 'compose/docker-compose.yml': 'approved again' }), { source: SOURCE });
    expect(result).toMatchObject({ findings: [], removed: ['compose/docker-compose.draft.yml'] });
    expect(treeOf(root)['compose/docker-compose.yml']).toBe('approved again\n');
  });

  test('is removed when the approval is withdrawn', () => {
    const root = afterApproval();
    writeOutput(root, DRAFT, { source: SOURCE, kept: KEPT });
    expect(writeOutput(root, DRAFT, { source: SOURCE }).removed).toEqual(['compose/docker-compose.yml']);
  });

  test.each<[string, (root: string) => void]>([
    ['changed', (root) => put(root, 'compose/docker-compose.yml', 'changed\n')],
    ['missing', (root) => rmSync(join(root, 'compose/docker-compose.yml'))],
    ['a link', (root) => {
      rmSync(join(root, 'compose/docker-compose.yml'));
      put(root, 'elsewhere', 'approved\n');
      symlinkSync('../elsewhere', join(root, 'compose/docker-compose.yml'));
    }],
  ])('fails when it is %s: nothing is written', (_, change) => {
    const root = afterApproval();
    change(root);
    const before = treeOf(root);
    expect(writeOutput(root, DRAFT, { source: SOURCE, kept: KEPT })).toMatchObject({
      written: [],
      findings: [{ rule: 'output-approved' }],
    });
    expect(checkOutput(root, DRAFT, { source: SOURCE, kept: KEPT }).findings).toMatchObject([
      { rule: 'output-approved' },
    ]);
    expect(treeOf(root)).toEqual(before);
  });
});
