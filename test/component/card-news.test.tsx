import { expect, it } from 'vitest'
import type { TaskId } from '#shared/ids.ts'
import type { BoardState } from '../../renderer/features/board/board-state.ts'
import { keys } from '../../renderer/lib/query-keys.ts'
import { queryClient } from '../../renderer/lib/trpc.ts'
import { BOARD, RIGHT, taskId } from '../unit/renderer/fixtures.ts'
import { openBoardWindow, titlesIn } from './helpers/board-window.tsx'
import { MemoryBoard } from './helpers/memory-board.ts'

const ONE = taskId(1)

function known(id: TaskId) {
  return queryClient.getQueryData<BoardState>(keys.board(BOARD))?.tasks.get(id)
}

/** What the board knows of the first card in the moment in which a text is on the screen. */
function whenShown(text: string): Promise<ReturnType<typeof known>> {
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!document.body.textContent.includes(text)) return
      observer.disconnect()
      resolve(known(ONE))
    })
    observer.observe(document.body, { subtree: true, childList: true, characterData: true })
  })
}

it('a card that somebody else changes draws that before the board looks at all its cards anew', async () => {
  const board = new MemoryBoard()
  await openBoardWindow(board)
  const shown = whenShown('Theirs')
  board.asOther(ONE, { title: 'Theirs' })
  expect((await shown)?.title).toBe('Card 1')
  await expect.poll(() => known(ONE)?.title).toBe('Theirs')
  expect(titlesIn('Left')).toEqual(['Theirs', 'Card 2', 'Card 3'])
})

it('one that somebody else moves as well is drawn where it is now, with the board', async () => {
  const board = new MemoryBoard()
  await openBoardWindow(board)
  const shown = whenShown('Moved')
  board.asOther(ONE, { title: 'Moved', column_id: RIGHT })
  expect((await shown)?.title).toBe('Moved')
  expect(titlesIn('Right')).toEqual(['Moved'])
})

it('changes that follow each other closely end with the last one', async () => {
  const board = new MemoryBoard()
  await openBoardWindow(board)
  for (const title of ['First', 'Second', 'Third']) board.asOther(ONE, { title })
  await expect.poll(() => known(ONE)?.title).toBe('Third')
  await expect.poll(() => titlesIn('Left')[0]).toBe('Third')
})
