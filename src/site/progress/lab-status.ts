import type { LabAvailability, Progress } from '#protocol/api.ts';
import { loadLabs, loadProgress } from './learner.ts';

type LabProgress = Progress['labs'][string];
type Status = { state: 'solved' | 'begun' | 'preparing' | 'unavailable' | 'open'; text: string; title?: string };

const words = {
  de: { solved: 'Gelöst', points: 'Punkten', of: 'von', preparing: 'Wird vorbereitet', unavailable: 'Hier nicht verfügbar', ready: 'Bereit' },
  en: { solved: 'Solved', points: 'points', of: 'of', preparing: 'Being prepared', unavailable: 'Not available here', ready: 'Ready' },
};

/** Fills every `LabStatus` on the page: solved, points so far, or whether the lab can be started. */
export async function showLabStatuses(): Promise<void> {
  const places = [...document.querySelectorAll<HTMLElement>('[data-lab-status]')];
  if (places.length === 0) return;
  const [progress, labs] = await Promise.all([loadProgress(), loadLabs()]);
  for (const place of places) {
    const id = place.dataset['labStatus'] ?? '';
    const availability = labs?.labs.find((lab) => lab.id === id)?.availability;
    show(place, statusOf(progress?.labs[id], availability, place.dataset['points'] ?? ''));
  }
}

function statusOf(progress: LabProgress | undefined, availability: LabAvailability | undefined, points: string): Status | undefined {
  const language = document.documentElement.lang === 'de' ? 'de' : 'en';
  const say = words[language];
  const score = progress === undefined ? '' : `${progress.points} ${say.of} ${points} ${say.points}`;
  if (progress?.solvedAt) return { state: 'solved', text: `${say.solved}, ${score}` };
  if (progress !== undefined && progress.points > 0) return { state: 'begun', text: score };
  switch (availability?.state) {
    case 'preparing':
      return { state: 'preparing', text: `${say.preparing}, ${Math.round(availability.percent)} %`, title: availability.step[language] };
    case 'unavailable':
      return { state: 'unavailable', text: `${say.unavailable}: ${availability.reason[language]}` };
    case 'ready':
      return { state: 'open', text: say.ready };
    case undefined:
      return undefined;
  }
}

/** In the narrow navigation a tick or dot stands for the text, which stays there for screen readers. */
function show(place: HTMLElement, status: Status | undefined): void {
  const isBrief = place.dataset['brief'] !== undefined;
  place.hidden = status === undefined || (isBrief && (status.state === 'open' || status.state === 'preparing'));
  if (status === undefined) return;
  place.dataset['state'] = status.state;
  place.title = isBrief ? status.text : (status.title ?? '');
  const text = document.createElement('span');
  text.textContent = status.text;
  if (isBrief) text.className = 'sr-only';
  place.replaceChildren(text);
}
