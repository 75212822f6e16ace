import { verify } from 'node:crypto';

import { AlbJwtVerifier } from 'aws-jwt-verify';
import { createVerifier } from 'fast-jwt';
import { importSPKI, jwtVerify } from 'jose';
import jsonwebtoken from 'jsonwebtoken';
import passportJwt from 'passport-jwt';

import { checkDataToken, verifyDataToken } from '../src/data-token.ts';
import { checkSettings } from '../src/settings.ts';
import { ALICE, SETTINGS } from '../src/testdata/world.ts';
import { albKey } from '../src/verification-key.ts';
import { createClaimsVerifier } from '../src/verifier.ts';
import { login } from './requests.ts';
import { awaited, type Contender, repeated } from './rounds.ts';
import { type Comparison } from './table.ts';
import { SAMPLE } from './tokens.ts';

const UNPADDED = 'unpadded token: refuses `=`';
const SUBJECT = '@gatehouse/claims, data token';
const RAW = 'crypto.verify alone, prepared bytes, KeyObject';
const AWS = 'aws-jwt-verify, AlbJwtVerifier.verifySync';
const PASSPORT = "passport-jwt's stock verifier, PEM";
const PEM = 'jsonwebtoken, PEM';

/** Every verifier on one ES256 token of a load balancer, nothing cached but the key. */
export async function uncached(): Promise<Comparison> {
  return {
    subject: SUBJECT,
    contenders: [raw(), claims(), whole(), aws(), await jose(), fastJwt(), passport(), pem(), keyObject()],
    limits: [
      { peer: RAW, atLeast: 0.9 },
      { peer: AWS, atLeast: 1 },
      { peer: PASSPORT, atLeast: 3 },
      { peer: PEM, atLeast: 3 },
    ],
  };
}

/** The yardstick: the one call that nobody can do without. No parsing, no decoding, no claim looked at. */
function raw(): Contender {
  const end = SAMPLE.padded.lastIndexOf('.');
  const input = Buffer.from(SAMPLE.padded.slice(0, end));
  const signature = Buffer.from(SAMPLE.padded.slice(end + 1), 'base64url');
  const key = { key: SAMPLE.publicKey, dsaEncoding: 'ieee-p1363' } as const;
  return repeated(RAW, () => verify('sha256', input, key, signature));
}

function claims(): Contender {
  const settings = checkSettings(SETTINGS);
  const key = albKey(SAMPLE.kid, SAMPLE.publicKeyPem);
  if (!key) throw new Error('the key of the benchmark is not one that the verifier takes');
  return repeated(SUBJECT, () => verifyDataToken(checkDataToken(SAMPLE.padded, settings, Date.now()), key, settings));
}

/** All that a request takes: both tokens, of which the access token is signed with RS256. */
function whole(): Contender {
  const verifier = createClaimsVerifier({ ...SETTINGS, cacheEntries: null }, { fetch: login.fetch });
  const headers = login.headersOf(ALICE);
  return awaited('@gatehouse/claims, verifyAlb, cache off', () => verifier.verifyAlb(headers), 'two tokens, bound');
}

function aws(): Contender {
  const { albArn, issuer, clientId } = SETTINGS;
  const verifier = AlbJwtVerifier.create({ albArn, issuer, clientId });
  const key = albKey(SAMPLE.kid, SAMPLE.publicKeyPem);
  verifier.cacheJwks({ keys: key ? [key.jwk] : [] });
  return repeated(AWS, () => verifier.verifySync(SAMPLE.padded));
}

async function jose(): Promise<Contender> {
  const key = await importSPKI(SAMPLE.publicKeyPem, 'ES256');
  const options = { algorithms: ['ES256'], issuer: SETTINGS.issuer };
  return awaited('jose, jwtVerify', () => jwtVerify(SAMPLE.padded, key, options), 'awaited one by one');
}

function fastJwt(): Contender {
  const verifier = createVerifier({
    key: SAMPLE.publicKeyPem,
    algorithms: ['ES256'],
    allowedIss: SETTINGS.issuer,
    cache: false,
  });
  return repeated('fast-jwt, no cache', () => void verifier(SAMPLE.unpadded), UNPADDED);
}

const OPTIONS = { algorithms: ['ES256' as const], issuer: SETTINGS.issuer };

/** passport-jwt passes this what a strategy was configured with; its types do not know it. */
function passport(): Contender {
  const { JwtVerifier } = passportJwt.Strategy as unknown as {
    JwtVerifier: (token: string, key: string, options: typeof OPTIONS, done: (error: Error | null) => void) => void;
  };
  const done = (error: Error | null): void => {
    if (error) throw error;
  };
  return repeated(PASSPORT, () => JwtVerifier(SAMPLE.unpadded, SAMPLE.publicKeyPem, OPTIONS, done), UNPADDED);
}

function pem(): Contender {
  return repeated(PEM, () => jsonwebtoken.verify(SAMPLE.unpadded, SAMPLE.publicKeyPem, OPTIONS), UNPADDED);
}

function keyObject(): Contender {
  return repeated(
    'jsonwebtoken, KeyObject',
    () => jsonwebtoken.verify(SAMPLE.unpadded, SAMPLE.publicKey, OPTIONS),
    UNPADDED,
  );
}
