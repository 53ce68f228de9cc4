import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const LETTERS = '/\\p{L}{2,}/u';
const SAID = '/^(label|title|placeholder|description|alt|aria-label|aria-description|nothingFound)$/';

export default tseslint.config(
  { ignores: ['target/', 'node_modules/', 'src/api/schema.d.ts'] },
  js.configs.recommended,
  {
    files: ['src/**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'react-hooks': hooks },
    rules: {
      ...hooks.configs.recommended.rules,
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      // Routers redirect by throwing.
      '@typescript-eslint/only-throw-error': 'off',
      'max-lines': ['error', 600],
      'no-restricted-globals': ['error', 'localStorage', 'sessionStorage'],
      'no-restricted-syntax': [
        'error',
        {
          selector: `JSXText[value=${LETTERS}]`,
          message: 'What people read stands in src/i18n, not in the code.',
        },
        {
          selector: `JSXAttribute[name.name=${SAID}] > Literal[value=${LETTERS}]`,
          message: 'What people read stands in src/i18n, not in the code.',
        },
        {
          selector: `JSXAttribute[name.name='dangerouslySetInnerHTML']`,
          message: 'Text of others never becomes markup.',
        },
      ],
    },
  },
  {
    files: ['src/**/*.test.{ts,tsx}', 'src/test/**'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['scripts/**/*.mjs', 'e2e/**/*.mjs', '*.js', '*.ts'],
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', URL: 'readonly', fetch: 'readonly' },
    },
  },
  {
    // Parts of them run in the browser that they drive.
    files: ['e2e/**/*.mjs'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'document',
          'localStorage',
          'MutationObserver',
          'performance',
          'setTimeout',
          'URLSearchParams',
          'window',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
);
