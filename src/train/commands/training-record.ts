import { TillsideError } from '../../core/errors.js';
import type { Manifest } from '../../core/model/manifest.schema.js';
import type { TrainingRecord } from '../settings.js';

/** How a bundle was fitted. @throws {TillsideError} `manifest-invalid` for a bundle that "tillside train" did not write */
export function trainingRecord({ id, training }: Manifest): TrainingRecord {
  const record = training as Partial<TrainingRecord>;
  if (typeof record.until === 'string' && Number.isFinite(Date.parse(record.until)) && typeof record.settings === 'object') {
    return record as TrainingRecord;
  }
  throw new TillsideError(
    'manifest-invalid',
    `Bundle ${id} does not say until when it was fitted. Train it again with "tillside train".`,
  );
}
