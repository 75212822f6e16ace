import {
  DataTerraformRemoteStateLocal,
  DataTerraformRemoteStateS3,
  LocalBackend,
  S3Backend,
  type TerraformRemoteState,
} from 'cdktf';
import { Construct } from 'constructs';

import { type StackName } from './contracts/contract.ts';
import { type Environment } from './environments/index.ts';
import { type GatehouseStack } from './gatehouse-stack.ts';

// Taken from the folder in which Terraform runs, `<output>/stacks/<stack>`: a relative path, so that the synthesized
// JSON is the same on every machine.
function localState({ name }: Environment, stack: StackName) {
  return { path: `../../state/${name}/${stack}.tfstate` };
}

function s3State({ name, region }: Environment, bucket: string, stack: StackName) {
  return { bucket, key: `${name}/${stack}.tfstate`, region };
}

/** Gives a stack its backend. On S3 the state is encrypted, and locked in the bucket itself (Terraform 1.10). */
export function keepState(stack: GatehouseStack): void {
  const { environment, stackName } = stack;
  if (environment.state.backend === 'local') {
    new LocalBackend(stack, localState(environment, stackName));
    return;
  }
  new S3Backend(stack, { ...s3State(environment, environment.state.bucket, stackName), encrypt: true });
  // CDKTF 0.21 has no property for it.
  stack.addOverride('terraform.backend.s3.use_lockfile', true);
}

/** The state of another stack of the same environment, to read its outputs. */
export function remoteState(stack: GatehouseStack, upstream: StackName): TerraformRemoteState {
  const { environment } = stack;
  const scope = new Construct(stack, `upstream-${upstream}`);
  const state =
    environment.state.backend === 'local'
      ? new DataTerraformRemoteStateLocal(scope, 'state', localState(environment, upstream))
      : new DataTerraformRemoteStateS3(scope, 'state', s3State(environment, environment.state.bucket, upstream));
  state.overrideLogicalId(upstream);
  return state;
}
