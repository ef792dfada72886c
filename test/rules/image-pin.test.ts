import { advice, aPin, aService, aToolbox, messages, pinSource } from './support';
import { HostService, Image, Pin, PinStatus, Severity } from '../../src/core';
import { resolve } from '../../src/plan/resolve';
import { judge } from '../../src/rules';
import { imagePin } from '../../src/rules/image-pin';

describe('rule image-pin', () => {
  test('fails for a component that no inventory knows, with the nearest name', () => {
    expect(
      messages(
        imagePin,
        (box) => aService(box, 'app', { image: Image.fromPin('olama') }),
        pinSource(aPin('ollama', { image: { repository: 'ollama/ollama' } })),
      ),
    ).toEqual(['The inventory has no component "olama". Did you mean "ollama"?']);
    expect(
      messages(imagePin, (box) =>
        aService(box, 'app', {
          image: Image.fromBuild('x', { repository: 'a/b', tag: '1', baseImages: { BASE: 'nothing' } }),
        }),
      ),
    ).toEqual(['The inventory has no component "nothing".']);
    expect(messages(imagePin, (box) => new HostService(box, 'host', { port: 1, component: 'nothing' }))).toEqual([
      'The inventory has no component "nothing".',
    ]);
  });

  test('fails for a component that is not an image', () => {
    expect(
      advice(imagePin, (box) => aService(box, 'app', { image: Image.fromPin('tool') }), pinSource(aPin('tool'))),
    ).toEqual([
      [
        'The component "tool" is not an image.',
        'Give the component an image in the inventory, or use another component.',
      ],
    ]);
  });

  test('fails for a rejected component that is used, and not for one that is only listed', () => {
    const pins = pinSource(aPin('tool', { image: { repository: 'a/tool' }, status: PinStatus.REJECTED }));
    expect(advice(imagePin, (box) => aService(box, 'app', { image: Image.fromPin('tool') }), pins)).toEqual([
      ['The component "tool" is rejected.', 'Use another component, or set its status to decided in the inventory.'],
    ]);
    expect(messages(imagePin, () => undefined, pins)).toEqual([]);
  });

  test('says nothing of each component when the inventory could not be read at all', () => {
    const said = (rule: string, ...pins: Pin[]): number => {
      const box = aToolbox({ pins, findings: [{ rule, severity: Severity.ERROR, message: 'm', fix: 'n' }] });
      aService(box, 'app', { image: Image.fromPin('app') });
      const { plan, findings, sourceOf } = resolve(box);
      return judge(plan, [imagePin], sourceOf, { findings, fidelity: [], files: [] }).length;
    };
    expect(said('inventory-syntax')).toBe(0);
    expect(said('inventory-syntax', aPin('other'))).toBe(1);
    expect(said('override-data')).toBe(1);
  });

  test('accepts a component with an image, and any for a host service', () => {
    expect(messages(imagePin, (box) => {
      aService(box, 'app', { image: Image.fromPin('app') });
      new HostService(box, 'host', { port: 1, component: 'tool' });
    }, pinSource(aPin('app', { image: { repository: 'example/app' } }), aPin('tool')))).toEqual([]);
  });
});
