import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { needing } from '../testing/needing.ts';
import { keysIn } from './keys.ts';
import { type SimulatedAws, simulatedAws } from './simulated-aws.ts';

const REGION = 'eu-west-1';

it('is not asked where there is no simulated AWS', async () => {
  const before = process.env['AWS_ENDPOINT_URL'];
  delete process.env['AWS_ENDPOINT_URL'];
  try {
    await expect(keysIn(REGION)).rejects.toThrow(/AWS_ENDPOINT_URL/);
  } finally {
    if (before !== undefined) process.env['AWS_ENDPOINT_URL'] = before;
  }
});

needing('python3')('the keys of the simulated AWS', () => {
  let aws: SimulatedAws;
  beforeAll(async () => {
    aws = await simulatedAws({ account: '111111111111', region: REGION });
  }, 90_000);
  afterAll(async () => {
    await aws[Symbol.asyncDispose]();
  });

  async function ask(operation: string, body: object): Promise<string> {
    const answer = await fetch(aws.endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `TrentService.${operation}`,
        authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${REGION}/kms/aws4_request`,
      },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(await answer.text());
    return answer.text();
  }
  async function key(): Promise<string> {
    const { KeyMetadata } = JSON.parse(await ask('CreateKey', {})) as { readonly KeyMetadata: { KeyId: string } };
    return KeyMetadata.KeyId;
  }

  it('are those of the account, with their aliases, but for those on their way out', async () => {
    expect(await keysIn(REGION, aws.endpoint)).toEqual([]);
    const [kept, rotating, leaving] = [await key(), await key(), await key()];
    await ask('CreateAlias', { AliasName: 'alias/plans', TargetKeyId: rotating });
    await ask('EnableKeyRotation', { KeyId: rotating });
    await ask('ScheduleKeyDeletion', { KeyId: leaving, PendingWindowInDays: 7 });
    const found = await keysIn(REGION, aws.endpoint);
    expect(found.toSorted((one, other) => one.aliases.length - other.aliases.length)).toEqual([
      { id: kept, aliases: [], rotates: false },
      { id: rotating, aliases: ['alias/plans'], rotates: true },
    ]);
    expect(await keysIn('us-east-1', aws.endpoint)).toEqual([]);
  });
});
