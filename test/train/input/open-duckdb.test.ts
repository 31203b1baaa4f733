import { expect, it, vi } from 'vitest';

it('says how to run with DuckDB where it is not installed', async () => {
  vi.doMock('@duckdb/node-api', () => {
    throw new Error("Cannot find package '@duckdb/node-api'");
  });
  vi.stubEnv('PATH', '');
  const { openDuckdb } = await import('../../../src/train/input/open-duckdb.js');
  await expect(openDuckdb()).rejects.toMatchObject({
    code: 'duckdb-missing',
    message: expect.stringContaining('npx -p tillside -p @duckdb/node-api tillside train …'),
  });
});
