import { defineConfig } from 'vitest/config';

// Apart from the build, which has to do without what only tests need.
export default defineConfig({
  test: {
    css: false,
    maxWorkers: 2,
    // What shows nothing needs no document.
    projects: [
      {
        extends: './vite.config.ts',
        test: {
          name: 'plain',
          include: ['src/**/*.test.ts'],
          testTimeout: 20_000,
          environment: 'node',
          setupFiles: ['src/test/plain.ts'],
        },
      },
      {
        extends: './vite.config.ts',
        test: {
          name: 'shown',
          include: ['src/**/*.test.tsx'],
          testTimeout: 20_000,
          environment: 'jsdom',
          setupFiles: ['src/test/setup.ts'],
        },
      },
    ],
  },
});
