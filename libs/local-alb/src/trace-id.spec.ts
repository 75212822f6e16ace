import { describe, expect, it } from '@jest/globals';

import { traceId } from './trace-id.ts';

// The time of the user guide's examples.
const now = 0x67891233 * 1000 + 999;

describe('traceId', () => {
  it('begins a trace [A4.9 D]', () => {
    expect(traceId(undefined, now)).toMatch(/^Root=1-67891233-[0-9a-f]{24}$/);
    expect(traceId('CalledFrom=app', now)).toMatch(/^Root=1-67891233-[0-9a-f]{24};CalledFrom=app$/);
  });

  it('joins a trace, and replaces the last load balancer [A4.10 D]', () => {
    const root = 'Root=1-67891233-abcdef012345678912345678';
    expect(traceId(`${root};CalledFrom=app`, now)).toMatch(
      /^Self=1-67891233-[0-9a-f]{24};Root=1-67891233-abcdef012345678912345678;CalledFrom=app$/,
    );
    expect(traceId(`Self=1-0-0;${root}`, now)).toMatch(/^Self=1-67891233-[0-9a-f]{24};Root=/);
  });
});
