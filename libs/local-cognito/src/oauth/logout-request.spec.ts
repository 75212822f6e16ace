import { describe, expect, it } from '@jest/globals';
import { readUserPool } from '../settings/read-user-pool.ts';
import { cognitoStackJson } from '../testdata/stack.ts';
import { callback } from '../testdata/running-pool.ts';
import { decideLogout } from './logout-request.ts';

const settings = readUserPool(cognitoStackJson());
const loggedOut = 'https://app.localhost:8443/logged-out';
const decide = (parameters: Record<string, string>): ReturnType<typeof decideLogout> =>
  decideLogout(new URLSearchParams(parameters).toString(), settings);

describe('decideLogout', () => {
  it('goes to a sign-out URL of the client', () => {
    expect(decide({ client_id: 'albclient', logout_uri: loggedOut })).toEqual({ kind: 'leave', location: loggedOut });
  });

  it('goes back to the login page when a callback is named', () => {
    const parameters = { client_id: 'albclient', redirect_uri: callback, response_type: 'code' };
    expect(decide(parameters)).toEqual({ kind: 'sign-in-again' });
  });

  it.each([
    {},
    { client_id: 'albclient' },
    { logout_uri: loggedOut },
    { client_id: 'other', logout_uri: loggedOut },
    { client_id: 'albclient', logout_uri: `${loggedOut}/` },
    { client_id: 'albclient', logout_uri: callback },
    { client_id: 'albclient', logout_uri: '' },
    { client_id: 'albclient', logout_uri: 'https://evil.example/', redirect_uri: callback, response_type: 'code' },
    { client_id: 'albclient', redirect_uri: callback },
    { client_id: 'albclient', redirect_uri: loggedOut, response_type: 'code' },
  ])('refuses %j', (parameters) => {
    expect(decide(parameters)).toMatchObject({ kind: 'refused' });
  });

  it('refuses a repeated URL', () => {
    const query = `client_id=albclient&logout_uri=${loggedOut}&logout_uri=https://evil.example/`;
    expect(decideLogout(query, settings)).toMatchObject({ kind: 'refused' });
  });
});
