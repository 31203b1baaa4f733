import { expect, it } from 'vitest';
import { encodeFixture, FEATURE_FIXTURE_SHA256 } from '../../support/feature-fixture.js';

it('encodes the shared fixture to the bytes that Node encodes', async () => {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(encodeFixture())));
  expect([...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')).toBe(FEATURE_FIXTURE_SHA256);
});
