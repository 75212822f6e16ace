import { ListUserPoolClientsCommand, paginateListUserPools } from '@aws-sdk/client-cognito-identity-provider';
import { DescribeServicesCommand, type Service } from '@aws-sdk/client-ecs';
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  type Listener,
  type LoadBalancer,
} from '@aws-sdk/client-elastic-load-balancing-v2';

import { InfraError } from '../../errors.ts';
import { type Clients } from './clients.ts';
import { type Described, textOf } from './described.ts';

/**
 * What is there under the name that the stacks describe. Found by name and not by Terraform's outputs, which would
 * be Terraform's word for it.
 *
 * @throws {InfraError} `REHEARSAL_FAILED` where it is not there
 */
export async function poolOf(
  { pools }: Pick<Clients, 'pools'>,
  described: Described,
): Promise<{ readonly id: string; readonly name: string }> {
  const name = textOf(described.one('aws_cognito_user_pool'), 'name');
  for await (const { UserPools = [] } of paginateListUserPools({ client: pools }, { MaxResults: 60 })) {
    const pool = UserPools.find(({ Name }) => Name === name);
    if (pool?.Id !== undefined) return { id: pool.Id, name };
  }
  throw missing(`user pool ${name}`);
}

/** The load balancer. @throws {InfraError} `REHEARSAL_FAILED` */
export async function loadBalancerOf(
  { balancers }: Pick<Clients, 'balancers'>,
  described: Described,
): Promise<LoadBalancer & { readonly LoadBalancerArn: string }> {
  const name = textOf(described.one('aws_lb'), 'name');
  const { LoadBalancers = [] } = await balancers.send(new DescribeLoadBalancersCommand({ Names: [name] }));
  const [found] = LoadBalancers;
  if (found?.LoadBalancerArn === undefined) throw missing(`load balancer ${name}`);
  return { ...found, LoadBalancerArn: found.LoadBalancerArn };
}

/** The listener of a protocol. @throws {InfraError} `REHEARSAL_FAILED` */
export async function listenerOf(
  clients: Pick<Clients, 'balancers'>,
  described: Described,
  protocol: 'HTTP' | 'HTTPS',
): Promise<Listener & { readonly ListenerArn: string }> {
  const { LoadBalancerArn } = await loadBalancerOf(clients, described);
  const { Listeners = [] } = await clients.balancers.send(new DescribeListenersCommand({ LoadBalancerArn }));
  const found = Listeners.filter(({ Protocol }) => Protocol === protocol);
  const [listener] = found;
  if (listener?.ListenerArn === undefined || found.length !== 1) throw missing(`only listener for ${protocol}`);
  return { ...listener, ListenerArn: listener.ListenerArn };
}

/** The id of an app client. @throws {InfraError} `REHEARSAL_FAILED` */
export async function clientOf({ pools }: Pick<Clients, 'pools'>, UserPoolId: string, name: string): Promise<string> {
  const { UserPoolClients = [] } = await pools.send(new ListUserPoolClientsCommand({ UserPoolId, MaxResults: 60 }));
  const id = UserPoolClients.find(({ ClientName }) => ClientName === name)?.ClientId;
  if (id === undefined) throw missing(`app client ${name}`);
  return id;
}

/** The service that runs the application. @throws {InfraError} `REHEARSAL_FAILED` */
export async function serviceOf({ ecs }: Pick<Clients, 'ecs'>, described: Described): Promise<Service> {
  const cluster = textOf(described.one('aws_ecs_cluster'), 'name');
  const name = textOf(described.one('aws_ecs_service'), 'name');
  const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: [name] }));
  const found = services.find(({ status }) => status === 'ACTIVE');
  if (found === undefined) throw missing(`service ${name}`);
  return found;
}

function missing(what: string): InfraError {
  return new InfraError('REHEARSAL_FAILED', `There is no ${what}, which the stacks describe and Terraform applied.`);
}
