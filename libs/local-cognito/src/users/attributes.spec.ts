import { describe, expect, it } from '@jest/globals';
import { attributesProblem } from './attributes.ts';

const settings = {
  attributes: [
    { name: 'name', type: 'String', mutable: true, required: true },
    { name: 'custom:badge', type: 'String', mutable: false, required: false, minimum: 2, maximum: 4 },
    { name: 'custom:level', type: 'Number', mutable: true, required: false, minimum: 1, maximum: 9 },
    { name: 'custom:on', type: 'Boolean', mutable: true, required: false },
  ],
} as const;

describe('attributesProblem', () => {
  it.each([
    [{ name: 'Ada', email: 'ada@example.com', phone_number: '+12025550100' }],
    [{ name: 'Ada', 'custom:badge': 'ab', 'custom:level': '9', 'custom:on': 'true' }],
  ])('takes %j', (attributes) => {
    expect(attributesProblem(attributes, settings, 'owner')).toBeUndefined();
  });

  it.each([
    [{ name: 'Ada', nonsense: 'x' }, 'Attribute does not exist in the schema'],
    [{ name: 'Ada', constructor: 'x' }, 'Attribute does not exist in the schema'],
    [{ name: 'Ada', 'custom:other': 'x' }, 'Attribute does not exist in the schema'],
    [{ name: 'Ada', sub: 'x' }, 'Cannot modify the non-mutable attribute sub'],
    [{ name: 'Ada', email_verified: 'true' }, 'Cannot modify the non-mutable attribute email_verified'],
    [{ name: 'Ada', email: 'ada' }, 'Invalid email address format.'],
    [{ name: 'Ada', phone_number: '0123' }, 'Invalid phone number format.'],
    [{ name: 'Ada', 'custom:badge': 'a' }, 'String must be at least 2 characters'],
    [{ name: 'Ada', 'custom:badge': 'abcde' }, 'String must be no longer than 4 characters'],
    [{ name: 'Ada', 'custom:level': '10' }, 'out of its range'],
    [{ name: 'Ada', 'custom:level': 'x' }, 'Must be a number'],
    [{ name: 'Ada', 'custom:on': 'yes' }, 'Must be true or false'],
    [{ name: 'x'.repeat(2049) }, 'String must be no longer than 2048 characters'],
    [{}, 'name: The attribute is required'],
  ])('refuses %j from whoever signs up', (attributes, problem) => {
    expect(attributesProblem(attributes, settings, 'owner')).toContain(problem);
  });

  it('lets an administrator say that an address is verified, and leave out what is required', () => {
    expect(attributesProblem({ email_verified: 'true' }, settings, 'administrator')).toBeUndefined();
    expect(attributesProblem({ email_verified: 'maybe' }, settings, 'administrator')).toBeDefined();
  });

  it('lets nobody change what is not mutable', () => {
    const current = { name: 'Ada', 'custom:badge': 'ab' };
    expect(attributesProblem({ 'custom:badge': 'cd' }, settings, 'administrator', current)).toContain(
      'cannot be updated',
    );
    expect(attributesProblem({ 'custom:badge': 'ab' }, settings, 'owner', current)).toBeUndefined();
  });
});
