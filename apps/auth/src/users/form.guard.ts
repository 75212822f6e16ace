import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';

import { refuse } from './refuse.ts';

/** Lets through what a form of a page sends, and no other body. */
@Injectable()
export class FormGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    const [type = ''] = (headers['content-type'] ?? '').split(';', 1);
    if (type.trim().toLowerCase() === 'application/x-www-form-urlencoded') return true;
    throw refuse('FORM_REQUIRED');
  }
}
