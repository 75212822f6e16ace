import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';

import { transform, type Options as SwcOptions } from '@swc/core';
import { type BuildOptions, type Plugin } from 'esbuild';

/**
 * Packages that NestJS and Fastify load only if they are there. They stay imports that fail when used, which is what
 * both expect of a package that is not installed.
 */
const OPTIONAL_PACKAGES = [
  '@fastify/multipart',
  '@fastify/static',
  '@fastify/view',
  '@nestjs/microservices',
  '@nestjs/microservices/*',
  '@nestjs/platform-express',
  '@nestjs/websockets',
  '@nestjs/websockets/*',
  'class-transformer',
  'class-transformer/*',
  'class-validator',
];

/** What `tsconfig.base.json` says of decorators and JSX, for SWC. */
const SWC_OPTIONS: SwcOptions = {
  configFile: false,
  swcrc: false,
  jsc: {
    target: 'es2023',
    transform: {
      legacyDecorator: true,
      decoratorMetadata: true,
      react: { runtime: 'automatic', importSource: 'preact' },
    },
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

/**
 * Compiles TypeScript with SWC before esbuild bundles it: NestJS injects by the decorator metadata of constructors,
 * which esbuild does not write.
 */
function decoratorMetadata(): Plugin {
  return {
    name: 'decorator-metadata',
    setup(build) {
      build.onLoad({ filter: /\.tsx?$/ }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        const { code } = await transform(source, {
          ...SWC_OPTIONS,
          filename: path,
          jsc: {
            ...SWC_OPTIONS.jsc,
            parser: { syntax: 'typescript', tsx: extname(path) === '.tsx', decorators: true },
          },
        });
        return { contents: code, loader: 'js' };
      });
    },
  };
}

export interface ApplicationBundle {
  /** The folder from which paths are named in the bundle, so that it is the same wherever the workspace lies. */
  readonly root: string;
  /** The entry file. */
  readonly main: string;
  readonly outfile: string;
}

/** esbuild's options for one self-contained ES module of a NestJS application, for Node 20 and later. */
export function applicationBundle({ root, main, outfile }: ApplicationBundle): BuildOptions {
  return {
    absWorkingDir: root,
    entryPoints: [main],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    conditions: ['@gatehouse/source'],
    external: OPTIONAL_PACKAGES,
    // Node keeps the source of what it runs in memory. Names and structure stay, for the log's stack traces; but for a few
    // that are there twice, which esbuild numbers. To set each name again (keepNames) takes 3 MB of memory.
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'silent',
    sourcemap: 'linked',
    sourcesContent: false,
    plugins: [decoratorMetadata()],
    // CommonJS packages inside an ES module call require for Node's own modules, and some read their own place.
    banner: {
      js: [
        `import { createRequire as __createRequire } from 'node:module';`,
        `import { fileURLToPath as __fileURLToPath } from 'node:url';`,
        `const require = __createRequire(import.meta.url);`,
        `const __filename = __fileURLToPath(import.meta.url);`,
        `const __dirname = __fileURLToPath(new URL('.', import.meta.url));`,
      ].join('\n'),
    },
  };
}
