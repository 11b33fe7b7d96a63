import { defineConfig } from 'vitest/config';

const RESULTS = process.env.PORTOLAN_TEST_RESULTS;

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    globalSetup: ['scripts/generate.mjs'],
    testTimeout: 30_000,
    // .ci/run counts what passed and failed.
    reporters: RESULTS ? ['default', ['json', { outputFile: RESULTS }]] : ['default'],
  },
});
