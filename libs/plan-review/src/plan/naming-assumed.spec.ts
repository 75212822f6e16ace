import { describe, expect, it } from '@jest/globals';
import { type Assumption } from './model.ts';
import { namingAssumed } from './naming-assumed.ts';

const named = (text: string, ...assumptions: readonly Assumption[]): string => namingAssumed([{ assumptions }])(text);
const unknown = (name: string, value: unknown): Assumption => ({ name, because: 'unknown-until-applied', value });

describe('namingAssumed', () => {
  it('names placeholders, the longest first, and the items of lists', () => {
    const id = unknown('cognito.userPoolId', 'eu-west-1_0123456789');
    const arn = unknown('cognito.userPoolArn', 'arn:aws:x:eu-west-1_0123456789');
    expect(named('on arn:aws:x:eu-west-1_0123456789, of eu-west-1_0123456789', id, arn)).toBe(
      'on ${cognito.userPoolArn}, of ${cognito.userPoolId}',
    );
    expect(named('in subnet-0123456b', unknown('network.ids', ['subnet-0123456a', 'subnet-0123456b']))).toBe(
      'in ${network.ids[1]}',
    );
  });

  it('leaves what is as planned, and what may be part of a word', () => {
    const planned = { name: 'alb.publicUrl', because: 'not-applied-yet', value: 'https://app.example.com' };
    expect(named('https://app.example.com', planned)).toBe('https://app.example.com');
    expect(named('appliance', unknown('ecr.name', 'app'))).toBe('appliance');
  });
});
