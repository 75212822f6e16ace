import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import { type Construct } from 'constructs';

import { keepState } from './backend.ts';
import { type StackName } from './contracts/contract.ts';
import { type Environment } from './environments/index.ts';

/** A stack of Gatehouse: its own state, the environment's account and region and nothing else, tags on everything. */
export abstract class GatehouseStack extends TerraformStack {
  readonly stackName: StackName;
  readonly environment: Environment;

  constructor(app: Construct, stackName: StackName, environment: Environment) {
    super(app, stackName);
    this.stackName = stackName;
    this.environment = environment;
    new AwsProvider(this, 'aws', {
      region: environment.region,
      // Credentials of another account stop Terraform before it touches anything.
      allowedAccountIds: [environment.account],
      defaultTags: [
        { tags: { project: 'gatehouse', environment: environment.name, stack: stackName, 'managed-by': 'terraform' } },
      ],
    });
    keepState(this);
    // `use_lockfile` of the S3 backend needs it.
    this.addOverride('terraform.required_version', '>= 1.10');
  }
}
