// Keys of the slides: arrows, space, Page Down and Page Up (as a presenter's remote sends), Home, End.
const slides = [...document.querySelectorAll('section')];
const STEPS = {ArrowRight: 1, ArrowDown: 1, PageDown: 1, ' ': 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1};

// The number of the slide that is shown, from 0.
function findShown() {
  const away = slides.map(slide => Math.abs(slide.getBoundingClientRect().top));
  return away.indexOf(Math.min(...away));
}

let shown = 0; // also before scrolling to it has ended

function show(number) {
  shown = Math.max(0, Math.min(number, slides.length - 1));
  slides[shown].scrollIntoView();
  history.replaceState(null, '', '#' + slides[shown].id);
}

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const ends = {Home: 0, End: slides.length - 1};
  const step = event.shiftKey && event.key === ' ' ? -1 : STEPS[event.key];
  if (!(event.key in ends) && !step) return;
  event.preventDefault();
  show(event.key in ends ? ends[event.key] : findShown() + step);
});

// A window of another size shows the same slide.
addEventListener('scrollend', () => { shown = findShown(); });
addEventListener('resize', () => slides[shown].scrollIntoView());
