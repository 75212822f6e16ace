import { type DynamicModule, type FactoryProvider, Module, type ModuleMetadata } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { type CustomClaims } from '../custom-claims.ts';
import { type Fetch } from '../fetch.ts';
import { type CheckedSettings, checkSettings, type ClaimsSettings } from '../settings.ts';
import { type ClaimsEdges, createClaimsVerifier } from '../verifier.ts';
import { AlbStrategy } from './alb.strategy.ts';
import { BearerStrategy } from './bearer.strategy.ts';
import { ClaimsGuard } from './claims.guard.ts';
import { Gatekeeper } from './gatekeeper.ts';
import { CLAIMS_EDGES, CLAIMS_FETCH, CLAIMS_SETTINGS, CLAIMS_VERIFIER } from './tokens.ts';

/**
 * Where settings come from when they are made by the application's own providers.
 *
 * @typeParam Custom what the schema of `custom:*` makes of them; handlers then ask for `@CurrentUser() user: User<Custom>`
 */
export interface ClaimsModuleAsyncOptions<Custom = CustomClaims> {
  /** @default [] */
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
  /** @default [] */
  readonly inject?: NonNullable<FactoryProvider['inject']>;
  readonly useFactory: FactoryProvider<ClaimsSettings>['useFactory'];
  /** @default {} */
  readonly edges?: ClaimsEdges<Custom>;
}

/**
 * Closes the application: registers the verifier, the passport strategies `alb` and `bearer`, and a global guard that
 * refuses whoever they do not believe. The application does not start when the settings are wrong.
 */
@Module({})
export class ClaimsModule {
  /** @param edges the world outside, and which sessions have ended */
  static forRoot<Custom = CustomClaims>(settings: ClaimsSettings, edges: ClaimsEdges<Custom> = {}): DynamicModule {
    return ClaimsModule.forRootAsync({ useFactory: () => settings, edges });
  }

  static forRootAsync<Custom = CustomClaims>(options: ClaimsModuleAsyncOptions<Custom>): DynamicModule {
    const { imports = [], inject = [], useFactory, edges = {} } = options;
    return {
      module: ClaimsModule,
      global: true,
      imports,
      providers: [
        { provide: CLAIMS_SETTINGS, inject, useFactory: checked(useFactory) },
        { provide: CLAIMS_EDGES, inject: [{ token: CLAIMS_FETCH, optional: true }], useFactory: edgesWith(edges) },
        { provide: CLAIMS_VERIFIER, inject: [CLAIMS_SETTINGS, CLAIMS_EDGES], useFactory: createClaimsVerifier },
        AlbStrategy,
        BearerStrategy,
        Gatekeeper,
        { provide: APP_GUARD, useClass: ClaimsGuard },
      ],
      exports: [CLAIMS_VERIFIER, CLAIMS_SETTINGS],
    };
  }
}

function checked(useFactory: ClaimsModuleAsyncOptions['useFactory']) {
  return async (...injected: never[]): Promise<CheckedSettings> => checkSettings(await useFactory(...injected));
}

function edgesWith<Custom>(edges: ClaimsEdges<Custom>) {
  return (fetch?: Fetch): ClaimsEdges<Custom> => (fetch === undefined ? edges : { ...edges, fetch });
}
