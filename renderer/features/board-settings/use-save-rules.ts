import { useMutation } from '@tanstack/react-query'
import type { BoardId } from '#shared/ids.ts'
import type { BoardTransition } from '#shared/transition.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { callStep } from '../../lib/undo/call-step.ts'
import { recordStep } from '../../lib/undo/undo-store.ts'
import { showToast } from '../../ui/toast.tsx'

/** Puts rules in place of those that a board has, so that it can be undone. */
export function useSaveRules(boardId: BoardId, before: readonly BoardTransition[], onSaved: () => void) {
  const write = (transitions: readonly BoardTransition[]) =>
    api.columns.setTransitions.mutate({ board_id: boardId, transitions: [...transitions] })
  return useMutation({
    mutationFn: write,
    onSuccess: (after) => {
      const undo = recordStep(
        boardId,
        texts.boardSettings.rulesChanged,
        callStep(
          () => write(before),
          () => write(after),
        ),
      )
      showToast({
        tone: 'good',
        title: texts.boardSettings.rulesSaved,
        action: { label: texts.boardSettings.undo, run: undo },
      })
      onSaved()
    },
  })
}
