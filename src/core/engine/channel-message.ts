import type { ChannelMessage } from './contract.js';

/** Reads what arrived on the broadcast channel; any script of the origin can post there, so anything odd is undefined. */
export function readChannelMessage(data: unknown): ChannelMessage | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { kind, from, seq } = data as { kind?: unknown; from?: unknown; seq?: unknown };
  if (typeof from !== 'string') return undefined;
  if (kind === 'forgotten' || kind === 'withdrawn') return { kind, from };
  if (kind === 'appended' && typeof seq === 'number' && Number.isSafeInteger(seq) && seq > 0) return { kind, from, seq };
  return undefined;
}
