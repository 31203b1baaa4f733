import { readChannelMessage } from '../../core/engine/channel-message.js';
import { CHANNEL_NAME, type ChannelMessage } from '../../core/engine/contract.js';
import type { StoreChange } from '../../core/engine/store.js';

/** What the tabs of an origin tell each other. */
export interface TabChannel {
  announce(change: StoreChange): void;
  close(): void;
}

/** Opens the channel; where there is none (an opaque origin), a tab is alone and nothing is said. */
export function openTabChannel(tabId: string, onChange: (change: StoreChange) => void): TabChannel {
  let channel: BroadcastChannel | undefined;
  try {
    channel = new BroadcastChannel(CHANNEL_NAME);
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      const message = readChannelMessage(data);
      if (message && message.from !== tabId) onChange(message);
    };
  } catch {
    // an opaque origin
  }
  return {
    announce: (change) => channel?.postMessage({ ...change, from: tabId } satisfies ChannelMessage),
    close: () => channel?.close(),
  };
}
