import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Groups, Public, Scopes } from '@gatehouse/claims/nest';
import { Controller, Get, Module, Patch, Version, VERSION_NEUTRAL } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { RouteConstraints } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { userPoolId } from '../testdata/environment.ts';
import { type Method, RunningApp } from '../testdata/running-app.ts';
import { readRoutes } from './read-routes.ts';
import { routeLine } from './route.ts';

@Groups('analysts', 'admins')
@Controller('reports')
class ReportsController {
  @Get(':id')
  @Version(VERSION_NEUTRAL)
  @Scopes('reports/read')
  one(): object {
    return {};
  }

  @Public()
  @Get('open')
  open(): object {
    return {};
  }
}

@Controller('constrained')
class ConstrainedController {
  @Patch()
  @RouteConstraints({ host: 'other.example.com' })
  change(): object {
    return {};
  }
}

@Module({})
class Reports {}
@Module({})
class Constrained {}

/** Puts a route into the router itself, where no guard of Nest's is. */
@Module({})
class PastNest {
  constructor(host: HttpAdapterHost) {
    host.httpAdapter.getInstance<{ get(path: string, handler: () => object): void }>().get('/past', () => ({}));
  }
}
Reflect.defineMetadata('design:paramtypes', [HttpAdapterHost], PastNest);

describe('the list of routes', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await RunningApp.start(undefined, undefined, { settings: { userPoolId } });
  });
  afterAll(() => app.nest.close());

  it('is what the application does: 401 to a stranger at all that are not public, and at those alone', async () => {
    const routes = await readRoutes();
    expect(routes.length).toBeGreaterThan(8);
    for (const { methods, path, access, guards } of routes) {
      for (const method of methods === 'ALL' ? (['GET', 'POST', 'OPTIONS'] as const) : methods) {
        const { status } = await app.request(method as Method, path.replace('*', 'nowhere'));
        // The way out asks for a form of this site's own.
        const expected = !access.public ? 401 : guards.includes('SameOriginGuard') ? 403 : 200;
        expect([method, path, status]).toEqual([method, path, expected]);
      }
    }
  });

  it('has what settings may switch on too: no controller that there is is left out', async () => {
    const folder = join(import.meta.dirname, '..');
    const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.controller.ts'));
    const sources = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
    const controllers = sources.flatMap((source) => /^export class (\w+)/m.exec(source)?.[1] ?? []);
    const listed = new Set((await readRoutes()).map(({ handler }) => handler.split('.', 1)[0]));
    expect(controllers.length).toBeGreaterThan(6);
    expect(controllers.filter((name) => !listed.has(name))).toEqual([]);
  });

  it('has one line for each', async () => {
    const lines = (await readRoutes()).map((route) => routeLine(route).replaceAll(/ +/g, ' '));
    expect(lines).toContain('GET,HEAD /admin user in admins AdminController.admin');
    expect(lines).toContain('GET,HEAD /logged-out public LogoutController.loggedOut');
    expect(lines).toContain('POST /logout public, SameOriginGuard, audits session.end LogoutController.logout');
    expect(lines.at(-1)).toBe('ALL /* user UnknownController.unknown');
  });

  it('reads what decorators say together, as the guard does', async () => {
    const routes = await readRoutes([{ module: Reports, controllers: [ReportsController] }]);
    const reports = routes.filter(({ path }) => path.startsWith('/reports/'));
    expect(reports).toMatchObject([
      { path: '/reports/open', access: { public: true } },
      {
        path: '/reports/:id',
        access: { public: false, groupSets: [['analysts', 'admins']], scopes: ['reports/read'] },
      },
    ]);
    expect(reports.map(routeLine).at(-1)).toContain('user in analysts or admins with reports/read');
  });

  it('has what was registered past Nest, as public: no guard stands before it', async () => {
    const routes = await readRoutes([{ module: PastNest }]);
    expect(routes).toContainEqual(
      expect.objectContaining({ path: '/past', methods: ['GET', 'HEAD'], access: { public: true } }),
    );
  });

  it('is refused where it would say too much', async () => {
    const constrained = readRoutes([{ module: Constrained, controllers: [ConstrainedController] }]);
    await expect(constrained).rejects.toThrow(/^\/constrained depends on more than method and path/);
  });
});
