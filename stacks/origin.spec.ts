import { describe, expect, it } from '@jest/globals';

import { callbackUrl, loggedOutUrl, publicOrigin } from './origin.ts';

const deployed = { domain: 'app.example.com', ports: { https: 443, http: 80 } };
const local = { domain: 'app.localhost', ports: { https: 8443, http: 8080 } };

describe('publicOrigin', () => {
  it('says a port only where it is not that of https', () => {
    expect(publicOrigin(deployed)).toBe('https://app.example.com');
    expect(publicOrigin(local)).toBe('https://app.localhost:8443');
  });
});

describe('the URLs that the pool compares exactly', () => {
  it('are the callback of the load balancer and the page after a logout', () => {
    expect(callbackUrl(local)).toBe('https://app.localhost:8443/oauth2/idpresponse');
    expect(loggedOutUrl(deployed)).toBe('https://app.example.com/logged-out');
  });
});
