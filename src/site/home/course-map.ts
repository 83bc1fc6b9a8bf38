import type { Progress } from '#protocol/api.ts';
import { loadLabs, loadProgress } from '../progress/learner.ts';

const pollPreparingMs = 5000;

/** Adds the learner's points to the course map, and looks again while labs are being prepared. Without a server the map stays as it is. */
class SchottCourseMap extends HTMLElement {
  async connectedCallback(): Promise<void> {
    const [progress, labs] = await Promise.all([loadProgress(), loadLabs()]);
    if (progress !== undefined) this.#show(progress);
    if (labs?.labs.some(({ availability }) => availability.state === 'preparing')) {
      setTimeout(() => {
        dispatchEvent(new Event('schott:progress'));
        void this.connectedCallback();
      }, pollPreparingMs);
    }
  }

  #show(progress: Progress): void {
    const standing = this.querySelector<HTMLElement>('.standing');
    if (standing !== null) {
      standing.textContent = progress.points === 0 ? (this.dataset['fresh'] ?? '') : fill(this.dataset['all'], progress.points, this.dataset['total']);
      standing.hidden = false;
    }
    for (const compartment of this.querySelectorAll<HTMLElement>('.compartment')) showTopic(compartment, progress);
  }
}
customElements.define('schott-course-map', SchottCourseMap);

function showTopic(compartment: HTMLElement, progress: Progress): void {
  const { topic, points: total, score: template } = compartment.dataset;
  const points = Object.entries(progress.labs).reduce((sum, [id, lab]) => (id.startsWith(`${topic}/`) ? sum + lab.points : sum), 0);
  const score = compartment.querySelector<HTMLElement>('.score');
  const bar = score?.querySelector('progress');
  const text = score?.querySelector('span');
  if (!score || !bar || !text || total === '0') return;
  bar.value = points;
  text.textContent = fill(template, points, total);
  score.hidden = false;
}

function fill(template: string | undefined, points: number, total: string | undefined): string {
  return (template ?? '').replace('{points}', String(points)).replace('{total}', total ?? '');
}
