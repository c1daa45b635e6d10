import { useQueryClient } from '@tanstack/react-query'
import type { Attachment } from '#shared/attachment.ts'
import type { BoardId, TaskId } from '#shared/ids.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { callStep } from '../../lib/undo/call-step.ts'
import { recordStep } from '../../lib/undo/undo-store.ts'
import { useAction } from '../../lib/use-action.ts'
import { showToast } from '../../ui/toast.tsx'
import { withAttachment } from './attachment-list.ts'
import { upload } from './uploads.ts'

/** What can be done with the files of a card; adding and deleting can be undone. */
export function useAttachmentActions(boardId: BoardId, taskId: TaskId, cardKey: string) {
  const cache = useQueryClient()
  const patch = (next: (files: readonly Attachment[]) => readonly Attachment[]) =>
    cache.setQueryData<readonly Attachment[]>(keys.attachments(taskId), (known) => known && next(known))
  const put = (file: Attachment) => patch((files) => withAttachment(files, file))
  const drop = async ({ id }: Attachment) => {
    await api.attachments.delete.mutate({ id })
    patch((files) => files.filter((one) => one.id !== id))
  }
  const restore = async ({ id }: Attachment) => put(await api.attachments.restore.mutate({ id }))
  const added = (file: Attachment) => {
    put(file)
    const step = callStep(
      () => drop(file),
      () => restore(file),
    )
    recordStep(boardId, texts.attachments.doneAttached(file.name, cardKey), step)
  }
  const choose = useAction(() => api.attachments.choose.mutate({ task_id: taskId }), {
    failed: texts.attachments.fileNotAttached,
    onSuccess: (file) => file && added(file),
  })
  const open = useAction((file: Attachment) => api.attachments.open.mutate({ id: file.id }), {
    failed: texts.attachments.fileNotOpened,
  })
  const save = useAction((file: Attachment) => api.attachments.saveAs.mutate({ id: file.id }), {
    failed: texts.attachments.fileNotSaved,
  })
  const remove = useAction(drop, {
    failed: texts.attachments.fileNotDeleted,
    onSuccess: (_, file) => {
      const step = callStep(
        () => restore(file),
        () => drop(file),
      )
      const undo = recordStep(boardId, texts.attachments.doneDeleted(file.name, cardKey), step)
      showToast({
        title: texts.attachments.fileDeleted,
        text: file.name,
        action: { label: texts.attachments.undo, run: undo },
      })
    },
  })
  return {
    choose: () => choose.mutate(),
    isChoosing: choose.isPending,
    open: open.mutate,
    save: save.mutate,
    remove: remove.mutate,
    /** Files that were dropped or pasted; `then` hears of each that has arrived. */
    attach: async (files: Iterable<File>, then?: (file: Attachment) => void) => {
      for (const file of files) {
        const attachment = await upload(taskId, file)
        if (!attachment) continue
        added(attachment)
        then?.(attachment)
      }
    },
  }
}

export type AttachmentActions = ReturnType<typeof useAttachmentActions>
