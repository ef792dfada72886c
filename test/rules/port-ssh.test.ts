import { aService, messages } from './support';
import { Port, Protocol } from '../../src/core';
import { portSsh } from '../../src/rules/port-ssh';

describe('rule port-ssh', () => {
  test('warns of port 22', () => {
    expect(messages(portSsh, (box) => aService(box, 'a', { ports: [Port.internal(22)] }))).toEqual([
      'Port 22 is the SSH port.',
    ]);
  });

  test('accepts other ports', () => {
    expect(
      messages(portSsh, (box) =>
        aService(box, 'a', { ports: [Port.internal(2222), Port.internal(22, { protocol: Protocol.UDP })] }),
      ),
    ).toEqual([]);
  });
});
