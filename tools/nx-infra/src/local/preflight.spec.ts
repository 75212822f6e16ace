import { createServer } from 'node:net';

import { describe, expect, it } from '@jest/globals';

import { freePort, requireFreePort, requireNode } from './preflight.ts';

describe('requireNode', () => {
  it.each(['v20.19.0', 'v20.20.2', 'v22.0.0', 'v24.1.0'])('takes %s', (version) => {
    expect(() => requireNode(version)).not.toThrow();
  });

  it.each(['v18.20.0', 'v20.18.3'])('refuses %s', (version) => {
    expect(() => requireNode(version)).toThrow(expect.objectContaining({ code: 'NODE_TOO_OLD' }));
  });
});

describe('requireFreePort', () => {
  it('names the port that is in use, who wanted it and where to change it', async () => {
    const server = createServer();
    const port = await freePort('127.0.0.1');
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    try {
      const wanted = { port, purpose: 'the HTTPS listener', setIn: 'stacks/environments' };
      await expect(requireFreePort('127.0.0.1', wanted)).rejects.toMatchObject({
        code: 'PORT_IN_USE',
        message: expect.stringMatching(new RegExp(`^Port ${port}, for the HTTPS listener, .* stacks/environments\\.$`)),
      });
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
    await expect(requireFreePort('127.0.0.1', { port, purpose: 'it', setIn: 'x' })).resolves.toBeUndefined();
  });
});
