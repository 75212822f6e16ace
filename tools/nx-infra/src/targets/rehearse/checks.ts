import { type Check } from './check.ts';
import { workflows } from './checks/delivery.ts';
import { http, login, rules } from './checks/listeners.ts';
import { loadBalancer, names, tls, webAcl } from './checks/load-balancer.ts';
import { subnets, ways } from './checks/network.ts';
import { appClients, groupsAndPages, userPool } from './checks/people.ts';
import { alarms, buckets, logGroups } from './checks/records.ts';
import { images, roles, scaling, service, task } from './checks/tasks.ts';

/** A check, and what it proves. */
export interface NamedCheck {
  readonly name: string;
  readonly proves: string;
  readonly run: Check;
}

/** What a rehearsal looks at through the AWS SDK. docs/reference/rehearsal.md has the same list. */
export const CHECKS: readonly NamedCheck[] = [
  { name: 'login', proves: 'what no rule names is sent to the login of our own user pool', run: login },
  { name: 'rules', proves: 'the rules are those described, and no other request passes the login', run: rules },
  { name: 'HTTP', proves: 'the unencrypted port redirects to HTTPS and does nothing else', run: http },
  { name: 'TLS', proves: 'the policy is that described, and the certificate is issued for the domain', run: tls },
  {
    name: 'load balancer',
    proves: 'invalid headers are dropped, and it is protected and logs as described',
    run: loadBalancer,
  },
  { name: 'names', proves: 'the names that people type lead to the load balancer and to the login', run: names },
  { name: 'web ACL', proves: 'it stands before the load balancer, and its rules block', run: webAcl },
  { name: 'user pool', proves: 'joining, passwords, second factor and protection are as described', run: userPool },
  {
    name: 'app clients',
    proves: 'each has a secret, the flows and callbacks described, and no others',
    run: appClients,
  },
  { name: 'groups', proves: 'they are there, and the login pages are those described', run: groupsAndPages },
  {
    name: 'images',
    proves: 'tags never change, images are scanned, and the one that runs is there by its digest',
    run: images,
  },
  {
    name: 'task',
    proves: 'the image that was pushed runs, not as root, with nothing to write to and no capabilities',
    run: task,
  },
  {
    name: 'service',
    proves: 'it has no public address, rolls back, and opens a shell only where described',
    run: service,
  },
  { name: 'scaling', proves: 'tasks are added and taken away within the limits described', run: scaling },
  { name: 'roles', proves: 'each is taken by its service alone, and has its own policies and no others', run: roles },
  {
    name: 'workflows',
    proves: 'they come in by the tokens described alone, within boundaries that are not theirs to change',
    run: workflows,
  },
  { name: 'ways', proves: 'the load balancer reaches the tasks, and nobody else does', run: ways },
  {
    name: 'subnets',
    proves: 'tasks are in every zone, where no way from the internet leads, and traffic is noted',
    run: subnets,
  },
  {
    name: 'buckets',
    proves: 'they are closed, encrypted, reachable over TLS alone, and expire as described',
    run: buckets,
  },
  { name: 'log groups', proves: 'logs are kept as long as described', run: logGroups },
  { name: 'alarms', proves: 'each is there, is on, and reaches the people named', run: alarms },
];
