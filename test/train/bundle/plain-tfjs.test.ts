import * as tf from '@tensorflow/tfjs';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BEHAVIOUR_FEATURES, CANDIDATE_FEATURES } from '../../../src/core/features/feature-names.js';
import { decodeRow } from '../../support/item-table-row.js';
import type { Manifest } from '../../../src/core/model/manifest.schema.js';

// The committed bundle, as any static host serves it, read by TF.js alone: nothing of ours is in between.
const folder = new URL('../../../examples/gift-shop/bundle/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')) as Manifest;
const pathOf = (role: string) => manifest.files.find((file) => file.role === role)?.path ?? '';

let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer(sirv(folder.pathname));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((closed) => server.close(closed)));

describe('plain tf.loadLayersModel', () => {
  it('loads the session model, which answers the goldens', async () => {
    const model = await tf.loadLayersModel(`${url}/${pathOf('session-model')}`);
    for (const { rows, behaviour, top, scores } of manifest.goldens) {
      const items = tf.tensor2d([rows], [1, rows.length], 'int32');
      const steps = tf.tensor3d(behaviour, [1, rows.length, BEHAVIOUR_FEATURES.length]);
      const query = [...(model.predict([items, steps]) as tf.Tensor).dataSync()];
      expect(query).toHaveLength(manifest.items.dim);
      top.forEach((row, i) => {
        const embedding = decodeRow(folder, manifest, row);
        const score = embedding.reduce((sum, value, d) => sum + value * (query[d] as number), 0);
        expect(score).toBeCloseTo(scores[i] as number, 2);
      });
    }
  });

  it('loads the ranker, which answers the goldens', async () => {
    const model = await tf.loadLayersModel(`${url}/${pathOf('ranker-model')}`);
    for (const { features, affinity } of manifest.goldens) {
      const [answer] = (model.predict(tf.tensor2d([features], [1, CANDIDATE_FEATURES.length])) as tf.Tensor).dataSync();
      expect(answer).toBeCloseTo(affinity, 2);
    }
  });
});
