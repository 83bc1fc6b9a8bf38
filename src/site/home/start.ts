import { loadProgress } from '../progress/learner.ts';

/** The big button: leads back to the last place once there is one. The place's title is the one the course map shows. */
class SchottStart extends HTMLElement {
  async connectedCallback(): Promise<void> {
    if (this.dataset['resume'] === undefined) return;
    const place = (await loadProgress())?.lastPlace;
    const button = this.querySelector<HTMLAnchorElement>('.primary');
    if (!place || button === null) return;
    const path = `/${this.dataset['language']}${place}`;
    const title = document.querySelector<HTMLElement>(`.course-map a[href=${JSON.stringify(path)}]`)?.dataset['title'];
    if (title === undefined) return;
    button.href = path;
    button.textContent = `${this.dataset['resume']}${title}`;
  }
}
customElements.define('schott-start', SchottStart);
