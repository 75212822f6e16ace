import { Public } from '@gatehouse/claims/nest';
import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import { type FastifyReply } from 'fastify';

import { type Asset, cacheControl } from './asset.ts';
import { favicon, stylesheet } from './assets.ts';

/** Public, because the signed-out page needs them; they are the same for everybody. */
@Public()
@Controller('assets')
export class AssetsController {
  @Get('gatehouse.css')
  stylesheet(
    @Query('v') version: unknown,
    @Headers('if-none-match') known: string | undefined,
    @Res() reply: FastifyReply,
  ): void {
    send(stylesheet, version, known, reply);
  }

  @Get('favicon.svg')
  favicon(
    @Query('v') version: unknown,
    @Headers('if-none-match') known: string | undefined,
    @Res() reply: FastifyReply,
  ): void {
    send(favicon, version, known, reply);
  }
}

function send(asset: Asset, version: unknown, known: string | undefined, reply: FastifyReply): void {
  const etag = `"${asset.version}"`;
  void reply.header('cache-control', cacheControl(asset, version)).header('etag', etag);
  if (known === etag) void reply.code(304).send();
  else void reply.type(asset.contentType).send(asset.body);
}
