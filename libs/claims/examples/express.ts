import { createServer, type Server } from 'node:http';
import { ClaimsError, type ClaimsVerifier, type User } from '@gatehouse/claims';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';

/** An application on Express: every route needs a user, and `/admin` one of the group `admins`. */
export function createApp(verifier: ClaimsVerifier): Server {
  const app = express();
  // Before all routes, so that none can be forgotten.
  app.use(authenticate(verifier));
  app.get('/', (_, response) => void response.send(`Hello ${userOf(response).username}`));
  app.get('/admin', requireGroup('admins'), (_, response) => void response.send('for few'));
  app.use(refuse);
  return createServer({ maxHeaderSize: 65_536 }, app);
}

function authenticate(verifier: ClaimsVerifier): RequestHandler {
  return async (request, response, next) => {
    response.locals['user'] = await verifier.verifyAlb(request.rawHeaders);
    next();
  };
}

function requireGroup(group: string): RequestHandler {
  return (_, response, next) => {
    if (!userOf(response).groups.includes(group)) throw new ClaimsError('GROUP_REQUIRED');
    next();
  };
}

/** Four parameters are how Express knows it by. */
const refuse: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  console.warn(error);
  const { status, code } = error instanceof ClaimsError ? error : { status: 500, code: 'INTERNAL' };
  response.status(status).json({ code });
};

function userOf(response: { readonly locals: Record<string, unknown> }): User {
  return response.locals['user'] as User;
}
