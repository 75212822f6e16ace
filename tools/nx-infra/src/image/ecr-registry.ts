import { ECRClient, BatchGetImageCommand, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';

import { InfraError } from '../errors.ts';
import { withoutSecrets } from '../runner/secrets.ts';
import { type Credentials } from './docker.ts';
import { type Registry } from './push-image.ts';

/** An account's, in its own region: `<account>.dkr.ecr.<region>.<suffix>/<name>`. */
const URL_FORM = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.[a-z.]+\/([a-z0-9][a-z0-9._/-]*)$/;

/** A repository of Amazon ECR. */
export interface Repository {
  readonly account: string;
  readonly region: string;
  /** Such as `gatehouse-dev/auth`. */
  readonly name: string;
}

/** @throws {InfraError} `OPTION_INVALID` */
export function parseRepositoryUrl(url: string): Repository {
  const [, account, region, name] = URL_FORM.exec(url) ?? [];
  if (account !== undefined && region !== undefined && name !== undefined) return { account, region, name };
  throw new InfraError(
    'OPTION_INVALID',
    `The ecr stack hands on ${url}, which is no repository of Amazon ECR (<account>.dkr.ecr.<region>.amazonaws.com/<name>).`,
  );
}

/**
 * The registry of a repository, for whoever has credentials of its account.
 *
 * @throws {InfraError} from every method: `AWS_ACCOUNT` for credentials of another account; `AWS_FAILED`
 */
export class EcrRegistry implements Registry {
  private readonly ecr: ECRClient;
  private readonly sts: STSClient;

  constructor(
    private readonly repository: Repository,
    private readonly env: NodeJS.ProcessEnv,
  ) {
    const { region } = repository;
    this.ecr = new ECRClient({ region });
    this.sts = new STSClient({ region });
  }

  async credentials(): Promise<Credentials> {
    await this.requireAccount();
    const { authorizationData } = await this.ask(() => this.ecr.send(new GetAuthorizationTokenCommand({})));
    const token = authorizationData?.[0]?.authorizationToken ?? '';
    // "AWS:<password>" in Base64 (ECR API, GetAuthorizationToken).
    const [username = '', ...password] = Buffer.from(token, 'base64').toString().split(':');
    if (password.length > 0) return { username, password: password.join(':') };
    throw new InfraError('AWS_FAILED', 'Amazon ECR gave no authorization token, without which nothing can be pushed.');
  }

  async digestOf(tag: string): Promise<string | undefined> {
    const { account: registryId, name: repositoryName } = this.repository;
    const { images = [], failures = [] } = await this.ask(() =>
      this.ecr.send(new BatchGetImageCommand({ registryId, repositoryName, imageIds: [{ imageTag: tag }] })),
    );
    const digest = images[0]?.imageId?.imageDigest;
    if (digest !== undefined) return digest;
    const other = failures.find(({ failureCode }) => failureCode !== 'ImageNotFound');
    if (other === undefined) return undefined;
    throw new InfraError('AWS_FAILED', `Amazon ECR: ${other.failureCode}: ${other.failureReason}`);
  }

  private async requireAccount(): Promise<void> {
    const { account } = this.repository;
    const { Account: own, Arn: arn } = await this.ask(() => this.sts.send(new GetCallerIdentityCommand({})));
    if (own === account) return;
    throw new InfraError(
      'AWS_ACCOUNT',
      `You are ${arn}, and the repository belongs to account ${account}. Choose credentials of that account (AWS_PROFILE).`,
    );
  }

  private async ask<T>(question: () => Promise<T>): Promise<T> {
    try {
      return await question();
    } catch (error) {
      const { name, message } = error as Error;
      throw new InfraError(
        'AWS_FAILED',
        `AWS did not answer as hoped: ${name}: ${withoutSecrets(message, this.env)} Sign in (aws sso login, AWS_PROFILE), ` +
          'or ask for the permissions that docs/reference/image.md lists.',
        { cause: error },
      );
    }
  }
}
