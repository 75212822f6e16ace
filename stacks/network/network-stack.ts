import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group/index.js';
import { Eip } from '@cdktf/provider-aws/lib/eip/index.js';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway/index.js';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway/index.js';
import { Route } from '@cdktf/provider-aws/lib/route/index.js';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table/index.js';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association/index.js';
import { Subnet } from '@cdktf/provider-aws/lib/subnet/index.js';
import { Vpc } from '@cdktf/provider-aws/lib/vpc/index.js';
import { type Construct } from 'constructs';

import { networkContract, publish } from '../contracts/index.ts';
import { type Environment } from '../environments/index.ts';
import { GatehouseStack } from '../gatehouse-stack.ts';
import { nameOf } from '../names.ts';
import { pin } from '../pin.ts';
import { subnetRange } from './cidr.ts';
import { gatewayEndpoint, interfaceEndpoints } from './endpoints.ts';
import { keepFlowLogs } from './flow-logs.ts';

const ANYWHERE = '0.0.0.0/0';
/** Private subnets take the upper half of the range, so that a further zone needs no renumbering. */
const FIRST_PRIVATE = 8;

/** Where the default route of a subnet leads. */
type Exit = { readonly gatewayId: string } | { readonly natGatewayId: string };

/** A VPC: the load balancer in public subnets, the tasks in private ones, which reach out through NAT. */
export class NetworkStack extends GatehouseStack {
  private readonly vpc: Vpc;
  private readonly prefix: string;

  constructor(app: Construct, environment: Environment) {
    super(app, 'network', environment);
    const { cidr, zones, nat } = environment.network;
    this.prefix = nameOf(environment.name, 'vpc');
    this.vpc = new Vpc(this, 'vpc', {
      cidrBlock: cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: this.prefix },
    });
    const internet = new InternetGateway(this, 'internet', { vpcId: this.vpc.id, tags: { Name: this.prefix } });

    const publicRoutes = this.routes('public', { gatewayId: internet.id });
    const publicSubnets = zones.map((zone, index) =>
      this.subnet(`public_${letter(zone)}`, zone, subnetRange(cidr, index), publicRoutes),
    );

    // One route table for each NAT gateway; with a single gateway all private subnets share one.
    const privateRoutes = publicSubnets
      .slice(0, nat === 'single' ? 1 : zones.length)
      .map((subnet, index) => this.nat(letter(zones[index] ?? ''), subnet, internet));
    const privateSubnets = zones.map((zone, index) => {
      const routes = privateRoutes[nat === 'single' ? 0 : index];
      if (!routes) throw new RangeError(`No NAT gateway for ${zone}.`);
      return this.subnet(`private_${letter(zone)}`, zone, subnetRange(cidr, FIRST_PRIVATE + index), routes);
    });

    // Without a rule: what is started without saying where reaches nothing, and nothing reaches it.
    pin(
      new DefaultSecurityGroup(this, 'default-security-group', { vpcId: this.vpc.id, tags: this.tags('default') }),
      'vpc',
    );
    keepFlowLogs(this, this.vpc.id);
    gatewayEndpoint(this, this.vpc.id, [publicRoutes, ...privateRoutes]);
    interfaceEndpoints(this, this.vpc.id, privateSubnets);

    publish(this, networkContract, {
      vpcId: this.vpc.id,
      publicSubnetIds: publicSubnets.map(({ id }) => id),
      privateSubnetIds: privateSubnets.map(({ id }) => id),
    });
  }

  private subnet(id: string, zone: string, range: string, routes: RouteTable): Subnet {
    const subnet = new Subnet(this, id, {
      vpcId: this.vpc.id,
      availabilityZone: zone,
      cidrBlock: range,
      // What needs a public address (load balancer, NAT gateway) brings its own.
      mapPublicIpOnLaunch: false,
      tags: this.tags(id),
    });
    const association = { subnetId: subnet.id, routeTableId: routes.id };
    pin(new RouteTableAssociation(this, `association_${id}`, association), id);
    return subnet;
  }

  private routes(id: string, exit: Exit): RouteTable {
    const table = pin(new RouteTable(this, `routes_${id}`, { vpcId: this.vpc.id, tags: this.tags(id) }), id);
    pin(new Route(this, `route_${id}`, { routeTableId: table.id, destinationCidrBlock: ANYWHERE, ...exit }), id);
    return table;
  }

  private nat(zone: string, subnet: Subnet, internet: InternetGateway): RouteTable {
    const id = `nat_${zone}`;
    const tags = this.tags(id);
    const address = pin(new Eip(this, `address_${id}`, { domain: 'vpc', tags, dependsOn: [internet] }), id);
    const gateway = new NatGateway(this, id, {
      allocationId: address.id,
      subnetId: subnet.id,
      tags,
      // The provider's page of aws_nat_gateway: the gateway is no use before the VPC has its way out.
      dependsOn: [internet],
    });
    return this.routes(`private_${zone}`, { natGatewayId: gateway.id });
  }

  private tags(id: string): { Name: string } {
    return { Name: `${this.prefix}-${id.replaceAll('_', '-')}` };
  }
}

function letter(zone: string): string {
  return zone.slice(-1);
}
