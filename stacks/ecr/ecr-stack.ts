import { EcrLifecyclePolicy } from '@cdktf/provider-aws/lib/ecr-lifecycle-policy/index.js';
import { EcrRepository } from '@cdktf/provider-aws/lib/ecr-repository/index.js';
import { type Construct } from 'constructs';

import { ecrContract, publish } from '../contracts/index.ts';
import { type Environment } from '../environments/index.ts';
import { GatehouseStack } from '../gatehouse-stack.ts';
import { nameOf } from '../names.ts';
import { pin } from '../pin.ts';
import { protect } from '../protect.ts';
import { lifecyclePolicy } from './lifecycle-policy.ts';

/** Where the application's images are: a tag never changes its meaning, and every image is scanned. */
export class EcrStack extends GatehouseStack {
  constructor(app: Construct, environment: Environment) {
    super(app, 'ecr', environment);
    const repository = new EcrRepository(this, 'app', {
      name: nameOf(environment.name, 'repository'),
      imageTagMutability: 'IMMUTABLE',
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: 'AES256' }],
      // A repository with images is otherwise not deleted: an environment without protection can be taken down.
      forceDelete: !environment.deletionProtection,
      ...protect(environment),
    });
    pin(
      new EcrLifecyclePolicy(this, 'lifecycle', {
        repository: repository.name,
        policy: lifecyclePolicy(environment.images),
      }),
      'app',
    );
    publish(this, ecrContract, { repositoryUrl: repository.repositoryUrl, repositoryArn: repository.arn });
  }
}
