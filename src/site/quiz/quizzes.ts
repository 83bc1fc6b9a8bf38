import type { Topic } from '#lab';
import conclusion from '../../../content/quizzes/conclusion.ts';
import introduction from '../../../content/quizzes/introduction.ts';
import kernel from '../../../content/quizzes/kernel.ts';
import patches from '../../../content/quizzes/patches.ts';
import privilege from '../../../content/quizzes/privilege.ts';
import surface from '../../../content/quizzes/surface.ts';
import type { Quiz } from './quiz.ts';

/** The quiz of each topic. A topic without one does not compile. */
export const quizzes: Readonly<Record<Topic | 'introduction' | 'conclusion', Quiz>> = { introduction, kernel, surface, privilege, patches, conclusion };
