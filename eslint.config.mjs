import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Forbids imports that would cross a border between two parts of the house. */
const border = (files, patterns) => ({
  files,
  ignores: ['**/*.spec.ts'],
  rules: { 'no-restricted-imports': ['error', { patterns }] },
});

/** The rooms of the module from the ground up: each may import only those that stand before it. */
const rooms = [
  'clock',
  'errors',
  'verification',
  'database',
  'security-log',
  'revocation',
  'tokens',
  'replay',
  'accounts',
  'guard',
  'endpoints',
  'direct-bearer',
  'providers',
];

const roomBorders = rooms.map((room, floor) =>
  border(
    [`backend/src/social-auth/${room}/**/*.ts`],
    [
      {
        regex: `^(\\.\\./)+(${[...rooms.slice(floor + 1), 'migrations', 'social-auth\\.', 'index'].join('|')})`,
        message: `${room}/ stands below this room: see docs/architecture.md.`,
      },
      { regex: '(^|/)app(/|$)', message: 'The module knows nothing of the reference server.' },
      { regex: '(^|/)dev(/|$)', message: 'The module knows nothing of the demo.' },
    ],
  ),
);

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      'backend/dist/',
      'backend/bench/dist/',
      'frontend/.next/',
      'coverage/',
      '.data/',
      '**/next-env.d.ts',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'off',
      'max-lines-per-function': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
    },
  },
  { files: ['**/*.mjs'], languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } } },
  border(
    ['backend/src/app/**/*.ts'],
    [
      {
        regex: 'social-auth/(?!index$).',
        message: 'The reference server uses what a host may use: social-auth/index.',
      },
      { regex: '(^|/)dev(/|$)', message: 'The reference server knows nothing of the demo.' },
    ],
  ),
  border(
    ['backend/dev/**/*.ts'],
    [{ regex: 'social-auth/(?!index$).', message: 'The demo uses what a host may use: social-auth/index.' }],
  ),
  border(['frontend/**/*.ts', 'frontend/**/*.tsx'], [{ regex: 'backend/', message: 'The frontend speaks HTTP.' }]),
  {
    files: ['backend/src/social-auth/**/*.ts'],
    ignores: ['**/*.spec.ts', 'backend/src/social-auth/clock/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'The module is configured by its options.' },
        { object: 'Date', property: 'now', message: 'Inject the Clock.' },
      ],
    },
  },
  ...roomBorders,
  { files: ['backend/dev/**/*.ts', 'backend/bench/**/*.ts'], rules: { 'no-console': 'off' } },
  // Their packages are installed by `npm run bench` alone, which checks their types as well.
  { files: ['backend/bench/apps/**/*.ts'], extends: [tseslint.configs.disableTypeChecked] },
);
