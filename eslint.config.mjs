import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/** Who may import whom: the arrows of docs/architecture.md, by tag. What is not listed here is forbidden. */
export const boundaries = [
  { sourceTag: 'scope:claims', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'scope:listener', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'scope:local-cognito', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'scope:local-alb', onlyDependOnLibsWithTags: ['scope:listener'] },
  { sourceTag: 'scope:plan-review', onlyDependOnLibsWithTags: ['scope:listener'] },
  { sourceTag: 'scope:auth', onlyDependOnLibsWithTags: ['scope:claims'] },
  { sourceTag: 'scope:auth-e2e', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'scope:infra', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'scope:workspace', onlyDependOnLibsWithTags: [] },
  {
    sourceTag: 'scope:nx-infra',
    onlyDependOnLibsWithTags: ['scope:listener', 'scope:plan-review', 'scope:local-alb', 'scope:local-cognito'],
  },
];

/** Imports that cost more than they give, whoever writes them. */
const restrictedImports = {
  paths: [
    {
      name: '@cdktf/provider-aws',
      message: "Import '@cdktf/provider-aws/lib/<resource>': the root loads every resource, 17 times slower.",
    },
  ],
};

export default tseslint.config(
  { ignores: ['**/dist', '**/cdktf.out', '**/artifacts', '**/.gatehouse', '**/.nx'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommendedTypeChecked],
    plugins: { '@nx': nx },
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        emitDecoratorMetadata: true,
        experimentalDecorators: true,
      },
    },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        { enforceBuildableLibDependency: true, allow: [], depConstraints: boundaries },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'no-restricted-imports': ['error', restrictedImports],
      'max-lines': ['warn', { max: 250, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.spec.ts', '**/*.spec.tsx'],
    rules: { '@typescript-eslint/unbound-method': 'off', 'max-lines': 'off' },
  },
);
