import { describe, expect, it } from '@jest/globals';

import { environments } from './environments/index.ts';
import { limitedNames, nameOf } from './names.ts';

describe('names', () => {
  it.each(Object.keys(environments))('fit into AWS for %s', (environment) => {
    for (const { name, limit } of Object.values(limitedNames(environment))) {
      expect(name.length).toBeLessThanOrEqual(limit);
    }
  });

  it('tell one environment from another', () => {
    expect(nameOf('dev', 'cluster')).not.toBe(nameOf('prod', 'cluster'));
  });
});
