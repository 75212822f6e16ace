import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalUserPool, readUserPool, startLocalUserPool } from '../src/index.ts';
import { testCertificate } from '../src/testdata/certificate.ts';
import { cognitoStackJson } from '../src/testdata/stack.ts';

/** A pool with so many users in its seed file, on a free port. */
export interface BenchPool {
  readonly pool: LocalUserPool;
  readonly ca: string;
  readonly startSeconds: number;
  /** Of the processor: what the start costs on a machine that has nothing else to do. */
  readonly startProcessorSeconds: number;
  close(): Promise<void>;
}

export function nameOf(number: number): string {
  return `user${number}`;
}

export const seedPassword = 'password of the seed file';

export async function startBenchPool(users: number): Promise<BenchPool> {
  const folder = await mkdtemp(join(tmpdir(), 'local-cognito-bench-'));
  const usersFile = join(folder, 'users.json');
  const seed = Array.from({ length: users }, (_, number) => ({
    username: nameOf(number),
    email: `${nameOf(number)}@example.com`,
    name: `User ${number}`,
    password: seedPassword,
    groups: number % 10 === 0 ? ['admins'] : ['users'],
  }));
  await writeFile(usersFile, JSON.stringify({ users: seed }));
  const tls = await testCertificate();
  const settings = readUserPool(cognitoStackJson());
  const options = { settings, usersFile, stateFolder: join(folder, 'state'), tls, port: 0 };
  const start = performance.now();
  const before = process.cpuUsage();
  const pool = await startLocalUserPool(options);
  const startSeconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  return {
    pool,
    ca: tls.cert,
    startSeconds,
    startProcessorSeconds: (user + system) / 1e6,
    close: async () => {
      await pool.close();
      await rm(folder, { recursive: true });
    },
  };
}
