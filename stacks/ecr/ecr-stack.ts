import { EcrRepository } from '@cdktf/provider-aws/lib/ecr-repository/index.js';
import { type Construct } from 'constructs';

import { ecrContract, publish } from '../contracts/index.ts';
import { type Environment } from '../environments/index.ts';
import { GatehouseStack } from '../gatehouse-stack.ts';
import { nameOf } from '../names.ts';

/** Where the application's images are: a tag never changes its meaning, and every image is scanned. */
export class EcrStack extends GatehouseStack {
  constructor(app: Construct, environment: Environment) {
    super(app, 'ecr', environment);
    const repository = new EcrRepository(this, 'app', {
      name: nameOf(environment.name, 'repository'),
      imageTagMutability: 'IMMUTABLE',
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: 'AES256' }],
    });
    publish(this, ecrContract, { repositoryUrl: repository.repositoryUrl, repositoryArn: repository.arn });
  }
}
