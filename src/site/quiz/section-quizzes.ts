import type { Topic } from '#lab';
import kernel from '../../../content/quizzes/sections/kernel.ts';
import patchesOperation from '../../../content/quizzes/sections/patches-operation.ts';
import patches from '../../../content/quizzes/sections/patches.ts';
import privilegeBoundaries from '../../../content/quizzes/sections/privilege-boundaries.ts';
import privilege from '../../../content/quizzes/sections/privilege.ts';
import surface from '../../../content/quizzes/sections/surface.ts';
import type { Question, SectionQuizzes } from './quiz.ts';

type Lesson = Topic | 'introduction' | 'conclusion';

/** The self-tests by the number of their section, e.g. `1.2`. Not every section has one. */
export const sectionQuizzes: Readonly<Record<string, { readonly topic: Lesson; readonly questions: readonly Question[] }>> = {
  ...ofTopic('kernel', kernel),
  ...ofTopic('surface', surface),
  ...ofTopic('privilege', privilege),
  ...ofTopic('privilege', privilegeBoundaries),
  ...ofTopic('patches', patches),
  ...ofTopic('patches', patchesOperation),
};

function ofTopic(topic: Lesson, sections: SectionQuizzes) {
  return Object.fromEntries(Object.entries(sections).map(([section, questions]) => [section, { topic, questions }]));
}
