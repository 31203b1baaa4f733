// OneTrust: groups as a string in a global, an event on the window for each change, and the shop's OptanonWrapper.
(() => {
  let isClosed = false;
  const update = (groups) => {
    window.OnetrustActiveGroups = `,${groups.join(',')},`;
    window.OptanonActiveGroups = window.OnetrustActiveGroups;
    window.OptanonWrapper?.();
    window.dispatchEvent(new CustomEvent('OneTrustGroupsUpdated', { detail: groups }));
  };
  const isAlertBoxClosed = () => isClosed;
  window.OneTrust = { IsAlertBoxClosed: isAlertBoxClosed };
  update(['C0001']);
  showBanner((isGranted) => {
    isClosed = true;
    update(isGranted ? ['C0001', 'C0002', 'C0003', 'C0004'] : ['C0001']);
  });
})();
