import type { BoardId } from '#shared/ids.ts'
import type { DeletedLabel, Label } from '#shared/label.ts'
import { errorText } from '../../lib/error-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { callStep, editStep } from '../../lib/undo/call-step.ts'
import { recordStep } from '../../lib/undo/undo-store.ts'

const said = texts.boardSettings

/** What became of the last change, told above the list: messages of the window lie behind the dialog. */
export interface LabelNews {
  tone: 'good' | 'bad'
  title: string
  text?: string
  undo?: () => void
}

/** Making, changing, deleting and merging a board's labels; the board itself shows it by its events. */
export function useLabelActions(boardId: BoardId, say: (news: LabelNews | null) => void) {
  const attempt = (failed: string, act: () => Promise<LabelNews | null>) => tell(say, failed, act)
  return {
    create: (name: string, color: string) =>
      attempt(said.notCreated, async () => {
        const label = await api.labels.create.mutate({ board_id: boardId, name, color })
        const deleted: DeletedLabel = { label, task_ids: [] }
        const undo = async () => Object.assign(deleted, await api.labels.delete.mutate({ id: label.id }))
        const step = callStep(undo, () => api.labels.restore.mutate(deleted))
        recordStep(boardId, said.doneLabel.created(name), step)
        return null
      }),
    update: (label: Label, values: Partial<Pick<Label, 'name' | 'color'>>) =>
      attempt(said.notChanged, async () => {
        const { id, name, color } = label
        const after = await api.labels.update.mutate({ id, ...values })
        const step = editStep(
          {
            name: said.labelSubject(name),
            read: async () =>
              pick((await api.labels.list.query({ board_id: boardId })).find((one) => one.id === id)),
            write: (values) => api.labels.update.mutate({ id, ...values }),
          },
          { name, color },
          { name: after.name, color: after.color },
        )
        recordStep(boardId, said.doneLabel.changed(after.name), step)
        return null
      }),
    remove: (label: Label) =>
      attempt(said.notDeleted, async () => {
        let deleted = await api.labels.delete.mutate({ id: label.id })
        const step = callStep(
          () => api.labels.restore.mutate(deleted),
          async () => {
            deleted = await api.labels.delete.mutate({ id: label.id })
          },
        )
        const undo = recordStep(boardId, said.doneLabel.deleted(label.name), step)
        return { tone: 'good', title: said.labelDeleted(label.name, deleted.task_ids.length), undo }
      }),
    merge: (label: Label, into: Label) =>
      attempt(said.notMerged, async () => {
        const pair = { id: label.id, into_id: into.id }
        let { label: gone, task_ids, put_on } = await api.labels.merge.mutate(pair)
        const step = callStep(
          () => api.labels.unmerge.mutate({ label: gone, task_ids, put_on, into_id: into.id }),
          async () => {
            ;({ label: gone, task_ids, put_on } = await api.labels.merge.mutate(pair))
          },
        )
        const undo = recordStep(boardId, said.doneLabel.merged(label.name, into.name), step)
        return { tone: 'good', title: said.merged(label.name, into.name), undo }
      }),
  }
}

function pick(label: Label | undefined): { name: string; color: string } | undefined {
  return label && { name: label.name, color: label.color }
}

/** Whether it was done; what there is to say of it is said, above all why it was not. */
async function tell(
  say: (news: LabelNews | null) => void,
  failed: string,
  act: () => Promise<LabelNews | null>,
): Promise<boolean> {
  try {
    say(await act())
    return true
  } catch (error) {
    say({ tone: 'bad', title: failed, text: errorText(error) })
    return false
  }
}
