import { z } from 'zod';

import { certificate } from './fields/certificate.ts';
import { delivery } from './fields/delivery.ts';
import { loadBalancer } from './fields/load-balancer.ts';
import { hostName, login } from './fields/login.ts';
import { network } from './fields/network.ts';
import { api, apiPaths, machines, publicPaths } from './fields/paths.ts';
import { section } from './fields/section.ts';
import { service } from './fields/service.ts';
import { state } from './fields/state.ts';
import { field } from './guidance.ts';

const port = (example: number) =>
  field(z.int().min(1).max(65535), 'must be a TCP port, a whole number from 1 to 65535', example);

const ports = section({ https: port(443), http: port(80) });

const images = section({
  keepReleased: field(
    z.int().min(2).max(1000),
    'must be 2 to 1000 tagged images that are kept; the one that runs and the one before it are the least',
    20,
  ),
  dropUntaggedDays: field(
    z.int().min(1).max(365),
    'must be 1 to 365 days after which an image without a tag is deleted',
    7,
  ),
});

/** The fields of an environment, each by itself. What several of them must say together is in `across-fields.ts`. */
export const environmentFields = section({
  name: field(
    z.string().regex(/^[a-z](?:[a-z0-9-]*[a-z0-9])?$/),
    'must be lower-case letters, digits and inner hyphens, beginning with a letter',
    'dev',
  ),
  account: field(z.string().regex(/^\d{12}$/), 'must be the twelve digits of an AWS account, as text', '111111111111'),
  // Commercial regions only: GovCloud and China have another DNS suffix and another host for the load balancer's
  // public keys (listener-authenticate-users), which the application's settings would have to follow.
  region: field(
    z.string().regex(/^(af|ap|ca|eu|il|me|mx|sa|us)-[a-z]+-\d$/),
    'must be a commercial AWS region in lower case',
    'eu-west-1',
  ),
  domain: field(
    hostName,
    'must be a host name in lower case, without scheme, port and path (Cognito compares callbacks exactly)',
    'app.dev.example.com',
  ),
  ports,
  network,
  certificate,
  login,
  publicPaths,
  apiPaths,
  api,
  machines,
  loadBalancer,
  images,
  service,
  deletionProtection: field(
    z.boolean(),
    'must be true (users, images and logs are not deleted, not even by Terraform) or false',
    true,
  ),
  state,
  delivery,
});

/** What distinguishes one deployment from another, validated. Made by `loadEnvironment`. */
export type Environment = z.output<typeof environmentFields>;
