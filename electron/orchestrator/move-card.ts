import { markTask, placeTask } from '../services/place-task.ts'
import type { Recording } from './record.ts'

/** The card follows its agents: finished work waits for the person in the review column. */
export async function moveCard({ work, row, facts }: Pick<Recording, 'work' | 'row' | 'facts'>): Promise<void> {
  for (const fact of facts) {
    if (fact.type === 'started' || fact.type === 'resumed') await placeTask(work, row.task_id, 'agents', 'in_progress')
    if (fact.type === 'completed') await placeTask(work, row.task_id, 'review', 'in_review')
    if (fact.type === 'blocked') await placeTask(work, row.task_id, 'review', 'blocked')
    if (fact.type === 'failed' || fact.type === 'cancelled' || fact.type === 'interrupted') {
      await markTask(work, row.task_id, 'open')
    }
    if (fact.type === 'merged') await placeTask(work, row.task_id, 'end', 'done')
    if (fact.type === 'discarded') await placeTask(work, row.task_id, 'start', 'open')
  }
}
