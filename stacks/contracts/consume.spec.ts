import { describe, expect, it } from '@jest/globals';
import { type App, Testing, TerraformOutput } from 'cdktf';

import { local } from '../environments/local.ts';
import { prod } from '../environments/prod.ts';
import { GatehouseStack } from '../gatehouse-stack.ts';
import { type Block } from '../terraform/synthesized.ts';
import { consume } from './consume.ts';
import { networkContract } from './contracts.ts';

class Upstream extends GatehouseStack {}

class Downstream extends GatehouseStack {
  constructor(...[app, name, environment]: ConstructorParameters<typeof GatehouseStack>) {
    super(app, name, environment);
    const { vpcId, privateSubnetIds } = consume(this, networkContract);
    new TerraformOutput(this, 'text', { value: `in ${vpcId}` });
    new TerraformOutput(this, 'list', { value: privateSubnetIds });
  }
}

function downstream(environment: typeof local) {
  const app: App = Testing.app();
  const upstream = new Upstream(app, 'network', environment);
  const stack = new Downstream(app, 'alb', environment);
  return { upstream, stack, json: JSON.parse(Testing.synth(stack)) as Block };
}

describe('consume', () => {
  it('reads text and lists from the state of the other stack', () => {
    const { json } = downstream(prod);
    expect(json['output']).toEqual({
      text: { value: 'in ${data.terraform_remote_state.network.outputs.vpcId}' },
      list: { value: '${data.terraform_remote_state.network.outputs.privateSubnetIds}' },
    });
    expect(json['data']).toEqual({
      terraform_remote_state: {
        network: {
          backend: 's3',
          config: { bucket: 'gatehouse-state-222222222222', key: 'prod/network.tfstate', region: 'eu-west-1' },
        },
      },
    });
  });

  it('finds a local state beside its own, wherever the output folder is', () => {
    const { json } = downstream(local);
    expect(json['data']).toMatchObject({
      terraform_remote_state: {
        network: { backend: 'local', config: { path: '../../state/local/network.tfstate' } },
      },
    });
  });

  it('puts the stack after the one it asks', () => {
    const { stack, upstream } = downstream(prod);
    expect(stack.dependsOn(upstream)).toBe(true);
  });

  it('refuses to ask a stack that is not there', () => {
    expect(() => new Downstream(Testing.app(), 'alb', prod)).toThrow(
      expect.objectContaining({ code: 'STACK_MISSING' }),
    );
  });
});
