import { CHANNEL_NAME, type ChannelMessage } from '../../core/engine/contract.js';

const KINDS = /^(appended|forgotten|withdrawn)$/;

/**
 * Tells what happened in other tabs: events were appended, everything was forgotten, or consent withdrawn. The channel is closed while the page is in the
 * back/forward cache, which it would otherwise be kept out of; what was missed is told as one `appended`.
 *
 * @param tabId this tab's, whose own engine is not told of
 * @returns the undo
 */
export function watchOtherTabs(tabId: string, onChange: (kind: ChannelMessage['kind']) => void): () => void {
  let channel: BroadcastChannel | undefined;

  const open = (): void => {
    try {
      channel = new BroadcastChannel(CHANNEL_NAME);
    } catch {
      return; // an opaque origin: this tab is alone
    }
    channel.onmessage = ({ data }) => {
      // Any script of the origin can post here: what it says is one of these words, or nothing.
      const { kind, from }: Partial<ChannelMessage> = data ?? {};
      if (from && from !== tabId && KINDS.test(`${kind}`)) onChange(kind as ChannelMessage['kind']);
    };
  };
  const close = (): void => {
    channel?.close();
    channel = undefined;
  };
  const onShow = ({ persisted }: PageTransitionEvent): void => {
    if (!persisted) return;
    open();
    onChange('appended');
  };

  open();
  addEventListener('pagehide', close);
  addEventListener('pageshow', onShow);
  return () => {
    removeEventListener('pagehide', close);
    removeEventListener('pageshow', onShow);
    close();
  };
}
