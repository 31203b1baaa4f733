// What Google Tag Manager's container does to a data layer: it handles what waits, takes over `push` and keeps the last 300 entries.
{
  const name = new URL(document.currentScript.src).searchParams.get('l') ?? 'dataLayer';
  window[name] ??= [];
  const layer = window[name];
  const handled = [...layer];
  const { push } = layer;
  layer.push = (...entries) => {
    const length = push.apply(layer, entries);
    handled.push(...entries);
    while (layer.length > 300) layer.shift();
    return length;
  };
  window.gtmHandled = handled;
  layer.push({ event: 'gtm.load' });
}
