import { type WorkspaceCopy } from '../workspace-copy.ts';

const CONTROLLER = 'apps/auth/src/me/me.controller.ts';
const ROUTE = `
  @Get('headers')
  headers(@Req() request: { readonly raw: { readonly rawHeaders: readonly string[] } }): readonly string[] {
    return request.raw.rawHeaders;
  }
`;

/** Where the application, while it reveals them, shows the headers that it was handed. */
export const HANDED_ON = '/api/me/headers';

/** Makes a copy's application reveal what the load balancer hands it, which it must never do by itself. */
export async function reveal(copy: WorkspaceCopy): Promise<void> {
  await copy.edit(CONTROLLER, (source) =>
    source
      .replace('import { Controller, Get, Inject }', 'import { Controller, Get, Inject, Req }')
      .replace(/(  @Get\(\)\n)/, `${ROUTE}\n$1`),
  );
}

/** Makes it the application again that is delivered. */
export async function conceal(copy: WorkspaceCopy): Promise<void> {
  await copy.edit(CONTROLLER, (source) =>
    source
      .replace(`${ROUTE}\n`, '')
      .replace('import { Controller, Get, Inject, Req }', 'import { Controller, Get, Inject }'),
  );
}
