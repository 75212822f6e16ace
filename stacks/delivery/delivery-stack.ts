import { IamOpenidConnectProvider } from '@cdktf/provider-aws/lib/iam-openid-connect-provider/index.js';
import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import { type ITerraformDependable } from 'cdktf';
import { type Construct } from 'constructs';

import { deliveryContract, publish } from '../contracts/index.ts';
import { type Environment } from '../environments/index.ts';
import { GatehouseStack } from '../gatehouse-stack.ts';
import { policyDocument, type Statement } from '../iam/policy-document.ts';
import { nameOf } from '../names.ts';
import { pin } from '../pin.ts';
import { applyBoundary, taskBoundary } from './boundaries.ts';
import { changingNamed, changingNetwork, changingTaskRoles, pushingImages, writingStates } from './changing.ts';
import { AUDIENCE, ISSUER, providerArnOf } from './github.ts';
import { placeOf } from './place.ts';
import { plansKey } from './plans-key.ts';
import { reading, readingStates } from './reading.ts';
import { applyTrust, planTrust } from './trust.ts';

type Delivery = NonNullable<Environment['delivery']>;

/**
 * Who plans and who applies: two roles that the workflows of one repository take by the tokens that GitHub signs for
 * them, without a key that could leak. People deploy this stack: neither role may change it.
 */
export class DeliveryStack extends GatehouseStack {
  constructor(app: Construct, environment: Environment, { repository, providerArn }: Delivery) {
    super(app, 'delivery', environment);
    const { name } = environment;
    const place = placeOf(environment);
    const provider = providerArn ?? providerArnOf(environment);
    const dependsOn: ITerraformDependable[] = providerArn === null ? [this.identityProvider()] : [];
    const key = plansKey(this);
    const bounds = this.boundary('apply-boundary', nameOf(name, 'applyBoundary'), applyBoundary(place));
    const taskBounds = this.boundary('task-boundary', nameOf(name, 'taskBoundary'), taskBoundary(place));

    const plan = new IamRole(this, 'plan', {
      name: nameOf(name, 'planRole'),
      description: `Plans ${name} in the workflows of ${repository}: reads, and changes nothing`,
      assumeRolePolicy: planTrust(provider, repository),
      maxSessionDuration: 3600,
      dependsOn,
    });
    this.allow('plan', plan, 'look', reading(place));
    this.allow('plan', plan, 'read-states', readingStates(place));
    this.allow('plan', plan, 'seal-plans', [
      { Sid: 'SealPlans', Effect: 'Allow', Action: 'kms:GenerateDataKey', Resource: key.arn },
      { Sid: 'LookAtTheKey', Effect: 'Allow', Action: LOOK_AT_KEY, Resource: key.arn },
      { Sid: 'FindTheKey', Effect: 'Allow', Action: 'kms:ListAliases', Resource: '*' },
    ]);

    const apply = new IamRole(this, 'apply', {
      name: nameOf(name, 'applyRole'),
      description: `Applies ${name} from the main branch of ${repository}, in its protected environment`,
      assumeRolePolicy: applyTrust(provider, repository, name),
      permissionsBoundary: bounds.arn,
      maxSessionDuration: 3600,
      dependsOn,
    });
    this.allow('apply', apply, 'look', reading(place));
    this.allow('apply', apply, 'states', [...readingStates(place), ...writingStates(place)]);
    this.allow('apply', apply, 'change-network', changingNetwork(place));
    this.allow('apply', apply, 'change-named', changingNamed(place));
    this.allow('apply', apply, 'change-task-roles', changingTaskRoles(place, taskBounds.arn));
    this.allow('apply', apply, 'push-images', pushingImages(place));
    this.allow('apply', apply, 'open-plans', [
      { Sid: 'OpenPlans', Effect: 'Allow', Action: 'kms:Decrypt', Resource: key.arn },
    ]);

    publish(this, deliveryContract, {
      planRoleArn: plan.arn,
      applyRoleArn: apply.arn,
      plansKeyArn: key.arn,
      taskBoundaryArn: taskBounds.arn,
    });
  }

  private identityProvider(): IamOpenidConnectProvider {
    return new IamOpenidConnectProvider(this, 'github', { url: `https://${ISSUER}`, clientIdList: [AUDIENCE] });
  }

  private boundary(id: string, name: string, policy: string): IamPolicy {
    return new IamPolicy(this, id, { name, policy, description: 'The most that a role may do which has it' });
  }

  private allow(of: 'plan' | 'apply', role: IamRole, name: string, statements: readonly Statement[]): void {
    const policy = new IamRolePolicy(this, `${of}-${name}-policy`, {
      name,
      role: role.name,
      policy: policyDocument(...statements),
    });
    pin(policy, `${of}_${name.replaceAll('-', '_')}`);
  }
}

const LOOK_AT_KEY = ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus', 'kms:ListResourceTags'];
