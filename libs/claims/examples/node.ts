import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ClaimsError, type ClaimsVerifier } from '@gatehouse/claims';

/** An application on plain Node: every path needs a user, and `/admin` one of the group `admins`. */
export function createApp(verifier: ClaimsVerifier): Server {
  // Node's limit of 16 KB is too low behind a load balancer, whose cookies and tokens come with each request.
  return createServer({ maxHeaderSize: 65_536 }, (request, response) => void answer(verifier, request, response));
}

async function answer(verifier: ClaimsVerifier, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const user = await verifier.verifyAlb(request.rawHeaders);
    if (request.url === '/admin' && !user.groups.includes('admins')) throw new ClaimsError('GROUP_REQUIRED');
    response.end(`Hello ${user.username}`);
  } catch (error) {
    console.warn(error); // The reason is for the log; the client is told the code alone.
    const { status, code } = error instanceof ClaimsError ? error : { status: 500, code: 'INTERNAL' };
    response.writeHead(status).end(code);
  }
}
