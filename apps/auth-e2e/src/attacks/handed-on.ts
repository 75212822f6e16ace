import { until } from '../until.ts';
import { type WorkspaceCopy } from '../workspace-copy.ts';
import { type Loot } from './attack.ts';
import { Forge, type Identity, identityIn } from './identity.ts';
import { type Siege } from './siege.ts';
import { type Visitor } from './visitor.ts';

const CONTROLLER = 'apps/auth/src/me/me.controller.ts';
const ROUTE = `
  @Get('headers')
  headers(@Req() request: { readonly raw: { readonly rawHeaders: readonly string[] } }): readonly string[] {
    return request.raw.rawHeaders;
  }
`;

/** Where the application, while it reveals them, shows the headers that it was handed. */
const HANDED_ON = '/api/me/headers';

/** Makes a copy's application reveal what the load balancer hands it, which it must never do by itself. */
export async function reveal(copy: WorkspaceCopy): Promise<void> {
  await copy.edit(CONTROLLER, (source) =>
    source
      .replace('import { Controller, Get, Inject }', 'import { Controller, Get, Inject, Req }')
      .replace(/(  @Get\(\)\n)/, `${ROUTE}\n$1`),
  );
}

/** Makes it the application again that is delivered. */
async function conceal(copy: WorkspaceCopy): Promise<void> {
  await copy.edit(CONTROLLER, (source) =>
    source
      .replace(`${ROUTE}\n`, '')
      .replace('import { Controller, Get, Inject, Req }', 'import { Controller, Get, Inject }'),
  );
}

/**
 * Takes what a revealing application was handed for both people, and waits for the one that is delivered, which is what
 * is attacked.
 */
export async function capture({ copy, served, url, alice, bob }: Siege): Promise<Loot> {
  const handedOn = async (visitor: Visitor): Promise<Identity> =>
    identityIn(JSON.parse((await visitor.ask(`${url}${HANDED_ON}`)).body) as string[]);
  const loot = { alice: await handedOn(alice), bob: await handedOn(bob), forge: await Forge.open(copy) };
  const revealing = served.applicationUrl();
  await conceal(copy);
  await until(async () => (await alice.ask(`${url}${HANDED_ON}`)).status === 404, served);
  // Its address is printed after it has taken over.
  await until(() => served.applicationUrl() !== revealing, served);
  return loot;
}
