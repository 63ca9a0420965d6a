// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import jsxA11y from 'eslint-plugin-jsx-a11y';
import tseslint from 'typescript-eslint';

const packagesOfUi = [
  '@nl-design-system-candidate/*', '@nl-design-system-candidate/**', '@utrecht/**', '@fontsource/**',
  '@fontsource-variable/**', 'd3-*', 'topojson-client',
];

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'src/app/api.ts'] },
  ...tseslint.configs.recommended,
  jsxA11y.flatConfigs.strict,
  {
    files: ['src/**/*.{ts,tsx}'],
    rules: {
      // No style in markup: the content security policy has style-src 'self'.
      'no-restricted-syntax': [
        'error',
        { selector: 'JSXAttribute[name.name="style"]', message: 'Give it a class: the content security policy allows no style attribute.' },
        { selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]', message: 'No loose HTML in the page.' },
      ],
    },
  },
  {
    // Only ui/ knows the packages of the design system and of the charts.
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/ui/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: packagesOfUi }] },
  },
);
