import type { Signal, SignalContribution } from '../domain/slate.js';
import { CANDIDATE_FEATURES, signalOf } from '../features/feature-names.js';
import type { Manifest } from './manifest.schema.js';

const WIDTH = CANDIDATE_FEATURES.length;
const SIGNALS = CANDIDATE_FEATURES.map(signalOf);

/**
 * What each signal brought to the scores of the chosen rows: the score minus the score with that signal's features at their
 * training mean. One batch for the whole slate.
 *
 * @param candidates their rows and normalised features, `[candidates, CANDIDATE_FEATURES.length]`
 * @returns per row, largest first; signals without a live feature are left out
 */
export function contributionsOf(
  rows: readonly number[],
  candidates: { readonly rows: Int32Array; readonly features: Float32Array },
  {
    manifest,
    rankCandidates,
  }: { readonly manifest: Manifest; rankCandidates(features: Float32Array, count: number): Float32Array },
): Map<number, SignalContribution[]> {
  const columns = liveColumns(manifest);
  const places = rows.map((row) => candidates.rows.indexOf(row)).filter((place) => place >= 0);
  const perRow = columns.size + 1;
  const batch = new Float32Array(places.length * perRow * WIDTH);
  places.forEach((place, i) => {
    const original = candidates.features.subarray(place * WIDTH, (place + 1) * WIDTH);
    batch.set(original, i * perRow * WIDTH);
    [...columns.values()].forEach((ablated, s) => {
      const from = (i * perRow + s + 1) * WIDTH;
      batch.set(original, from);
      for (const column of ablated) batch[from + column] = 0;
    });
  });
  const result = new Map<number, SignalContribution[]>();
  if (places.length === 0) return result;
  const scores = rankCandidates(batch, places.length * perRow);
  places.forEach((place, i) => {
    const full = scores[i * perRow] as number;
    const parts = [...columns.keys()].map((signal, s) => ({
      signal,
      contribution: full - (scores[i * perRow + s + 1] as number),
    }));
    result.set(
      candidates.rows[place] as number,
      parts.sort((a, b) => b.contribution - a.contribution),
    );
  });
  return result;
}

function liveColumns(manifest: Manifest): Map<Signal, number[]> {
  const columns = new Map<Signal, number[]>();
  SIGNALS.forEach((signal, column) => {
    if ((manifest.features.candidate.deviation[column] ?? 0) === 0) return;
    columns.set(signal, [...(columns.get(signal) ?? []), column]);
  });
  return columns;
}
