import { ClaimsError, type ClaimsVerifier, type User } from '@gatehouse/claims';
import { fastify, type FastifyInstance, type FastifyRequest } from 'fastify';

/** An application on Fastify: every route needs a user, and `/admin` one of the group `admins`. */
export function createApp(verifier: ClaimsVerifier): FastifyInstance {
  const app = fastify({ http: { maxHeaderSize: 65_536 } });
  const users = new WeakMap<FastifyRequest, User>();

  // On the root, so that no route and no 404 is without it.
  app.addHook('onRequest', async (request) => {
    users.set(request, await verifier.verifyAlb(request.raw.rawHeaders));
  });

  app.setErrorHandler(async (error, _request, reply) => {
    console.warn(error);
    const { status, code } = error instanceof ClaimsError ? error : { status: 500, code: 'INTERNAL' };
    return reply.code(status).send({ code });
  });

  app.get('/', (request) => `Hello ${users.get(request)?.username}`);

  app.get('/admin', (request) => {
    if (!users.get(request)?.groups.includes('admins')) throw new ClaimsError('GROUP_REQUIRED');
    return 'for few';
  });
  return app;
}
