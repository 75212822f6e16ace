import { Agent } from 'node:https';
import { CognitoIdentityProviderClient, ListUsersCommand } from '@aws-sdk/client-cognito-identity-provider';
import { nameOf, startBenchPool } from './bench-pool.ts';
import { type Figure, median } from './figure.ts';

const UserPoolId = 'us-east-1_GateHouse';

/** A pool with a large seed file: its start, and what an administrator asks of it by the AWS SDK. */
export async function measureManyUsers(users: number, repeats: number): Promise<readonly Figure[]> {
  const running = await startBenchPool(users);
  const client = new CognitoIdentityProviderClient({
    region: 'us-east-1',
    endpoint: running.pool.apiUrl,
    credentials: running.pool.administrator,
    requestHandler: { httpsAgent: new Agent({ ca: running.ca, keepAlive: true }) },
  });
  const list = async (Filter?: string): Promise<number> => {
    const times: number[] = [];
    for (let round = 0; round < repeats; round++) {
      const start = performance.now();
      const { Users } = await client.send(new ListUsersCommand({ UserPoolId, Limit: 60, Filter }));
      times.push(performance.now() - start);
      if (!Users?.length) throw new Error('nobody was listed: the figure would mean nothing');
    }
    return median(times);
  };
  try {
    const named = users.toLocaleString('en');
    const last = nameOf(users - 1);
    return [
      {
        name: `start with ${named} users in the seed file`,
        value: running.startSeconds,
        unit: 's',
        limit: { kind: 'at most', value: 3 },
      },
      { name: 'the same, in time of the processor', value: running.startProcessorSeconds, unit: 's' },
      {
        name: `first page of ListUsers, of ${named}`,
        value: await list(),
        unit: 'ms',
        limit: { kind: 'at most', value: 50 },
      },
      { name: `ListUsers, username = "${last}"`, value: await list(`username = "${last}"`), unit: 'ms' },
      { name: `memory of the process with ${named} users`, value: process.memoryUsage().rss / 1e6, unit: 'MB' },
    ];
  } finally {
    client.destroy();
    await running.close();
  }
}
