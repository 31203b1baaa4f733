// Keeps what the shop tells tillside until its script has loaded.
window.tillside ??= (...args) => {
  window.tillside.q ??= [];
  window.tillside.q.push(args);
};
