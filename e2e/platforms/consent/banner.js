// The consent banner that the platforms beside this file share. It keeps its answer in memory: what tillside keeps is then all that is kept.

/** Shows the banner. @param {(isGranted: boolean) => void} onAnswer called for each answer */
window.showBanner = (onAnswer) => {
  const show = () => {
    const bar = document.createElement('div');
    for (const [name, isGranted] of [
      ['Accept cookies', true],
      ['Decline cookies', false],
      ['Withdraw consent', false],
    ]) {
      const button = document.createElement('button');
      button.textContent = name;
      button.addEventListener('click', () => onAnswer(isGranted));
      bar.append(button);
    }
    document.body.prepend(bar);
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', show);
  else show();
};
