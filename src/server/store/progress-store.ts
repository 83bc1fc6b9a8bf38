import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { Progress } from '#protocol/api.ts';

/** What a learner has reached. Nothing is ever taken back. */
export interface ProgressStore {
  read(learner: string): Progress;
  recordTask(learner: string, lab: string, task: { id: string; points: number }, at: number): void;
  /** All tasks of the lab, bonus left out, were passed at the same time. */
  recordLabSolved(learner: string, lab: string, at: number): void;
  recordAttack(learner: string, lab: string, points: number, at: number): void;
  recordSolutionSeen(learner: string, lab: string, at: number): void;
  recordQuiz(learner: string, quiz: string, answers: readonly string[], at: number): void;
  recordPlace(learner: string, path: string, at: number): void;
}

type LabProgress = Progress['labs'][string];

export function createProgressStore(database: DatabaseSync): ProgressStore {
  const addTask = database.prepare('INSERT INTO solved_tasks (learner, lab, task, points, solved_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING');
  const noteSolved = database.prepare(
    `INSERT INTO lab_progress (learner, lab, solved_at) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET solved_at = coalesce(solved_at, excluded.solved_at)`,
  );
  const noteAttack = database.prepare(
    `INSERT INTO lab_progress (learner, lab, attack_points, attack_solved_at) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET attack_points = iif(attack_solved_at IS NULL, excluded.attack_points, attack_points),
       attack_solved_at = coalesce(attack_solved_at, excluded.attack_solved_at)`,
  );
  const noteSolution = database.prepare(
    `INSERT INTO lab_progress (learner, lab, solution_seen_at) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET solution_seen_at = coalesce(solution_seen_at, excluded.solution_seen_at)`,
  );
  const putQuiz = database.prepare(
    `INSERT INTO quiz_answers (learner, quiz, answers, answered_at) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET answers = excluded.answers, answered_at = excluded.answered_at`,
  );
  const putPlace = database.prepare(
    'INSERT INTO places (learner, path, visited_at) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET path = excluded.path, visited_at = excluded.visited_at',
  );
  const tasks = database.prepare('SELECT lab, task, points FROM solved_tasks WHERE learner = ? ORDER BY solved_at, task');
  const labs = database.prepare('SELECT * FROM lab_progress WHERE learner = ?');
  const quizzes = database.prepare('SELECT quiz, answers, answered_at FROM quiz_answers WHERE learner = ?');
  const place = database.prepare('SELECT path FROM places WHERE learner = ?');

  return {
    read(learner) {
      const result: Record<string, LabProgress> = {};
      const labOf = (id: string) => (result[id] ??= { attackSolved: false, tasks: [], points: 0, solvedAt: null, solutionSeen: false });
      for (const row of labs.all(learner)) {
        const lab = labOf(String(row['lab']));
        lab.attackSolved = row['attack_solved_at'] !== null;
        lab.points += Number(row['attack_points']);
        lab.solvedAt = isoOrNull(row['solved_at']);
        lab.solutionSeen = row['solution_seen_at'] !== null;
      }
      for (const row of tasks.all(learner)) {
        const lab = labOf(String(row['lab']));
        lab.tasks.push(String(row['task']));
        lab.points += Number(row['points']);
      }
      const answered = quizzes
        .all(learner)
        .map((row) => [
          String(row['quiz']),
          { answers: JSON.parse(String(row['answers'])) as string[], answeredAt: new Date(Number(row['answered_at'])).toISOString() },
        ]);
      return {
        labs: result,
        quizzes: Object.fromEntries(answered) as Progress['quizzes'],
        lastPlace: (place.get(learner)?.['path'] as string | undefined) ?? null,
        points: Object.values(result).reduce((sum, lab) => sum + lab.points, 0),
      };
    },
    recordTask: (learner, lab, task, at) => void addTask.run(learner, lab, task.id, task.points, at),
    recordLabSolved: (learner, lab, at) => void noteSolved.run(learner, lab, at),
    recordAttack: (learner, lab, points, at) => void noteAttack.run(learner, lab, points, at),
    recordSolutionSeen: (learner, lab, at) => void noteSolution.run(learner, lab, at),
    recordQuiz: (learner, quiz, answers, at) => void putQuiz.run(learner, quiz, JSON.stringify(answers), at),
    recordPlace: (learner, path, at) => void putPlace.run(learner, path, at),
  };
}

function isoOrNull(time: SQLOutputValue | undefined): string | null {
  return typeof time === 'number' ? new Date(time).toISOString() : null;
}
