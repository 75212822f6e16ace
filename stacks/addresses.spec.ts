import { describe, expect, it } from '@jest/globals';

import { environments } from './environments/index.ts';
import { synthesized } from './testing/synthesized.ts';

// An address is an interface: whatever changes here is destroyed and made anew when it is applied. Update the snapshot
// (`jest -u`) only with a plan in hand that says what that means.
describe.each(Object.values(environments))('the addresses of the resources of $name', (environment) => {
  const { resources } = synthesized(environment);

  it('have not changed unnoticed', () => {
    expect(resources.map(({ address }) => address).sort()).toMatchSnapshot();
  });

  it('are nobody’s hash', () => {
    expect(resources.filter(({ name }) => /_[0-9A-F]{8}$/.test(name))).toEqual([]);
  });
});
