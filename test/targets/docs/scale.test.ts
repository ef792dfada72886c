import { RENDERERS, seePages } from './judge';
import { largePlan } from './large-plan';
import { renderDocs } from '../../../src/targets/docs';
import { aPlan, aService } from '../../plan/plan-builder';

function statusOf(plan: Parameters<typeof renderDocs>[0]): string {
  return renderDocs(plan, []).find(({ path }) => path === 'docs/STATUS.md')?.content ?? '';
}

describe('the status page of a thousand services in two hundred networks', () => {
  const status = statusOf(largePlan(1000));
  const open = status.replace(/<details>[^]*?<\/details>/g, (block) => /<summary>.*<\/summary>/.exec(block)?.[0] ?? '');

  test('can be read through: all that is long is folded or cut', () => {
    expect(open.length).toBeLessThan(20_000);
    expect(open.split('\n').length).toBeLessThan(400);
    expect(Math.max(...open.split('\n').map((line) => line.length))).toBeLessThan(2000);
  });

  test('says what is not shown', () => {
    expect(open).toContain('and 960 more');
    expect(open).toContain('A diagram of 1000 services would be too large');
    expect(status).not.toContain('mermaid');
  });

  test('has its checks by state, its services by part, and who reaches whom by network', () => {
    expect(open.match(/<summary>(Verified|Failed|Stale|To verify): 250 rows<\/summary>/g)).toHaveLength(4);
    expect(open).toContain('<summary>Always running: 500 rows</summary>');
    expect(open).toContain('<summary>The host\'s network: 50 rows</summary>');
    expect(open).toContain('<summary>Network n0 … Network n7: 40 rows</summary>');
    expect(open.match(/<summary>Network /g)).toHaveLength(25);
  });

  test('names all profiles at once', () => {
    expect(status).toContain("--profile '*' down");
  });

  test('grows with the toolbox', () => {
    expect(status.length / statusOf(largePlan(100)).length).toBeLessThan(12);
  });
});

test('more than forty rows are folded so that renderers still see a table', () => {
  const services = Array.from({ length: 41 }, (_, index) => aService({ name: `s${index}` }));
  const [seen] = seePages([statusOf(aPlan({ services }))]);
  RENDERERS.forEach((renderer) => {
    expect(seen[renderer].tables[0]).toHaveLength(42);
    expect(seen[renderer].elements).toContain('details');
  });
});
