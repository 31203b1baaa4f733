// A CMP of the Transparency & Consent Framework 2.x: the stub and its locator frame at once, the CMP itself when the document is ready.
(() => {
  const queue = [];
  window.__tcfapi = (...call) => void queue.push(call);
  const addLocator = () => {
    if (window.frames.__tcfapiLocator) return;
    const frame = document.createElement('iframe');
    frame.name = '__tcfapiLocator';
    frame.hidden = true;
    document.body.append(frame);
  };

  const load = () => {
    const listeners = new Map();
    let data = { gdprApplies: true, eventStatus: 'cmpuishown', purpose: { consents: {} } };
    let lastId = 0;
    const tell = (id) => listeners.get(id)({ tcfPolicyVersion: 5, cmpStatus: 'loaded', listenerId: id, ...data }, true);
    window.__tcfapi = (command, _version, callback, id) => {
      if (command === 'addEventListener') {
        lastId += 1;
        listeners.set(lastId, callback);
        tell(lastId);
      } else if (command === 'removeEventListener') callback(listeners.delete(id));
      else callback(null, false);
    };
    for (const call of queue.splice(0)) window.__tcfapi(...call);
    showBanner((isGranted) => {
      const consents = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [index + 1, isGranted]));
      data = { ...data, eventStatus: 'useractioncomplete', purpose: { consents } };
      for (const id of listeners.keys()) tell(id);
    });
  };
  const start = () => {
    addLocator();
    load();
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
})();
