import type { StarlightRouteData } from '@astrojs/starlight/route-data';
import { topics } from '#lab';
import type { Language, Topic } from '#lab';
import { labelOf, labsOf } from './labs.ts';
import type { CourseLab } from './labs.ts';
import { topicTitles } from './topics.ts';

interface CoursePage {
  readonly href: string;
  readonly title: string;
  readonly isCurrent: boolean;
}

/** A lab in the course. Without a page it is still to come. */
interface CourseLabLink {
  readonly entry: CourseLab;
  readonly label: string;
  readonly title: string;
  readonly minutes: number;
  readonly page: CoursePage | undefined;
}

/** Introduction, one section a topic, conclusion, pages to look things up: what the navigation and the course map show. */
export interface CourseSection {
  readonly kind: 'introduction' | 'topic' | 'conclusion' | 'reference';
  readonly topic: Topic | undefined;
  readonly lessons: readonly CoursePage[];
  readonly labs: readonly CourseLabLink[];
}

/** The course from Starlight's sidebar (pages that exist) and the labs (those still to come included). */
export function courseSections(sidebar: StarlightRouteData['sidebar'], language: Language): readonly CourseSection[] {
  return sidebar.map((item) => {
    const topic = topics.find((candidate) => item.type === 'group' && topicTitles[candidate][language] === item.label);
    const links = item.type === 'link' ? [item] : item.entries.filter((child) => child.type === 'link');
    const pages = links.map(({ href, label, isCurrent }) => ({ href, title: label, isCurrent }));
    const kind = topic === undefined ? kindOf(pages[0]?.href ?? '') : 'topic';
    return {
      kind,
      topic,
      lessons: pages.filter(({ href }) => !href.includes('/labs/')),
      labs: kind === 'topic' || kind === 'conclusion' ? labsOf(topic).map((entry) => labLink(entry, pages, language)) : [],
    };
  });
}

function kindOf(href: string): CourseSection['kind'] {
  const folder = href.split('/')[2];
  return folder === 'introduction' || folder === 'conclusion' ? folder : 'reference';
}

function labLink(entry: CourseLab, pages: readonly CoursePage[], language: Language): CourseLabLink {
  const { title, minutes } = entry.state === 'built' ? entry.lab : entry;
  const page = entry.state === 'built' ? pages.find(({ href }) => href === `/${language}${entry.path}`) : undefined;
  return { entry, label: labelOf(entry), title: title[language], minutes, page };
}
