import { expect, it } from 'vitest';
import { whyDuckdbIsMissing } from '../../../src/train/input/open-duckdb.js';

it('says how to run with DuckDB where it is not installed', () => {
  const message = whyDuckdbIsMissing(new Error("Cannot find package '@duckdb/node-api' imported from /shop/cli.js"));
  expect(message).toContain('which is not installed. Run: npx -p tillside -p @duckdb/node-api tillside train …');
});

it('shows why DuckDB does not load where it is installed', () => {
  const message = whyDuckdbIsMissing(
    new Error("Cannot find module '@duckdb/node-bindings-linux-x64/duckdb.node'\nRequire stack:\n- …"),
  );
  expect(message).toContain(
    "cannot be loaded: Cannot find module '@duckdb/node-bindings-linux-x64/duckdb.node'. Install it again",
  );
  expect(message).not.toContain('not installed');
});
