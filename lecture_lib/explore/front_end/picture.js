/* What each new picture does to its explorer; `this` is the picture. ipywidgets gives its slider handles and play
   buttons no accessible name, and a caption that is replaced whole is not announced. So the controls are named after
   their labels, and the sentence is told to a region that stays; JupyterLab is asked to leave the controls their keys,
   or an arrow in a list would walk to the next cell. Where the explorer fills the screen the kernel is told to draw
   larger. A picture that the next one replaced before it was loaded is in no explorer any more, and one whose cell ran
   again has no region left to tell. */
const box = this.closest('.lecture-explorer');
if (!box) return;
box.onclick = event => {
  if (!event.target.matches('.lecture-full')) return;
  document.fullscreenElement ? document.exitFullscreen() : box.requestFullscreen();
};
box.onfullscreenchange = () => {
  const large = box.querySelector('.lecture-large');
  if (large.classList.contains('mod-active') != (document.fullscreenElement == box)) large.click();
};
for (const control of box.querySelectorAll('.lecture-control')) {
  const name = control.querySelector('span[title]').textContent;
  for (const part of control.querySelectorAll('[role=slider], select, input')) {
    part.setAttribute('aria-label', part.tagName == 'INPUT' ? name + ', typed' : name);
    part.dataset.lmSuppressShortcuts = true;
  }
  for (const icon of control.querySelectorAll('.jupyter-button > i')) {
    const does = icon.matches('.fa-stop') ? 'back to the start' : icon.matches('.fa-retweet') ? 'repeat' : 'play or pause';
    icon.parentElement.setAttribute('aria-label', name + ': ' + does);
  }
}
// A sentence may need a line more than the last: its place grows once and does not shrink again, or the page would jump.
const caption = this.nextElementSibling, size = getComputedStyle(caption).fontSize + caption.offsetWidth;
box.tall ??= {};
box.tall[size] = Math.max(box.tall[size] ?? 0, caption.offsetHeight);
box.style.setProperty('--lecture-caption', box.tall[size] + 'px');
clearTimeout(box.telling);
box.telling = setTimeout(() => box.querySelector('[aria-live]')?.replaceChildren(this.alt), 400);
