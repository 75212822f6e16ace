import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
  CloudWatchLogsClient,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect, it } from '@jest/globals';

import { simulatedAws } from '../../testing/moto.ts';
import { needing } from '../../testing/needing.ts';
import { listening, type TestStack } from '../../testing/workspace.ts';
import { destroy } from '../destroy/destroy.ts';
import { drift } from '../drift/drift.ts';
import { deployed, rig, workspace } from './testing/rig.ts';

const ACCOUNT = '111111111111';
const REGION = 'eu-west-1';
const LONGEST_MS = 600_000;
const NAME = '/gatehouse/killed';

/** Makes a log group, and then takes its time. */
const logs = (command: string): Readonly<Record<string, TestStack>> => ({
  logs: {
    json: {
      terraform: {
        required_providers: { aws: { source: 'aws', version: '5.100.0' } },
        backend: { s3: { bucket: 'states', key: 'test/logs.tfstate', region: REGION, use_lockfile: true } },
      },
      provider: { aws: [{ region: REGION, allowed_account_ids: [ACCOUNT] }] },
      resource: {
        aws_cloudwatch_log_group: { logs: { name: NAME, retention_in_days: 14 } },
        terraform_data: {
          slow: {
            input: command,
            depends_on: ['aws_cloudwatch_log_group.logs'],
            provisioner: [{ 'local-exec': { command } }],
          },
        },
      },
    },
  },
});

needing('terraform', 'moto_server')('infra:deploy, killed, on a state in S3', () => {
  it(
    'loses nothing: the lock is named, what was made is imported, and a drift is found',
    async () => {
      await using aws = await simulatedAws(ACCOUNT);
      Object.assign(process.env, aws.env);
      const region = `<CreateBucketConfiguration><LocationConstraint>${REGION}</LocationConstraint></CreateBucketConfiguration>`;
      await aws.request('s3', 'PUT', '/states', region);
      await using place = await workspace(logs('sleep 20'));
      const pid = join(place.root, 'cdktf.out', 'test', 'applies', 'logs', 'run', 'pid');
      const killed = rig(undefined, (line) => {
        if (line.endsWith('create terraform_data.slow')) process.kill(Number(readFileSync(pid, 'utf8')), 'SIGKILL');
      });
      const end = await deployed(place, killed, { yes: true }).then(
        () => undefined,
        (error: unknown) => error as { readonly code: string; readonly message: string },
      );
      const said = `${killed.lines.join('\n')}\n${end?.message ?? ''}`;
      if (!process.env['CI'] && /Failed to (query available provider packages|install provider)/.test(said)) {
        console.warn(`NOT CHECKED: a killed deployment: ${said}`);
        return;
      }
      expect(end).toMatchObject({ code: 'DEPLOY_STOPPED', message: expect.stringContaining('Terraform was killed.') });

      // Its lock is still there. It is not released, but the command that does is exact.
      await place.write(logs('true'));
      const locked = await deployed(place, rig(), { yes: true }).catch((error: unknown) => error as Error);
      expect(locked).toMatchObject({ code: 'STATE_LOCKED' });
      const [, folder = '', id = ''] =
        /terraform -chdir=(\S+) force-unlock (\S+)/.exec((locked as Error).message) ?? [];
      execFileSync('terraform', [`-chdir=${folder}`, 'force-unlock', '-force', id], {
        cwd: place.root,
        env: process.env,
        stdio: 'pipe',
      });

      const again = rig();
      await deployed(place, again, { yes: true });
      expect(again.lines.join('\n')).toContain('recover done: to import: aws_cloudwatch_log_group.logs');

      // What the stacks want anew is no drift.
      await place.write(logs('echo other'));
      const options = { root: place.root, env: 'test' };
      expect(await drift(options, listening().context)).toMatchObject({ message: 'No drift in test: logs.' });
      const client = new CloudWatchLogsClient({ region: REGION });
      await client.send(new DeleteRetentionPolicyCommand({ logGroupName: NAME }));
      const { context, lines } = listening();
      await expect(drift(options, context)).rejects.toMatchObject({ code: 'DRIFT_FOUND' });
      expect(lines.join('\n')).toMatch(/aws_cloudwatch_log_group\.logs was changed\n +retention_in_days: 14 -> 0/);

      const last = rig();
      await destroy({ ...options, yes: true, confirm: 'test' }, last.context, undefined);
      expect(last.lines.join('\n')).toContain('aws_cloudwatch_log_group.logs: logs');
      expect((await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: NAME }))).logGroups).toEqual([]);
      expect(await drift(options, listening().context)).toMatchObject({
        message: 'No drift in test: logs (not applied).',
      });
    },
    LONGEST_MS,
  );
});
