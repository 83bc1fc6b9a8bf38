import { showLabStatuses } from './lab-status.ts';
import { forgetProgress, loadProgress, savePlace } from './learner.ts';

/** On every page of the course: ticks for what is solved, and the place remembered. Silent without a server. */
async function start(): Promise<void> {
  document.querySelector('#starlight__sidebar [aria-current]')?.scrollIntoView({ block: 'nearest' });
  await showLabStatuses();
  const place = document.querySelector<HTMLElement>('[data-place]')?.dataset['place'];
  const progress = await loadProgress();
  if (place !== undefined && progress !== undefined) await savePlace(place);
}

// The lab page says with this event that something was solved.
addEventListener('schott:progress', () => {
  forgetProgress();
  void showLabStatuses();
});
void start();
