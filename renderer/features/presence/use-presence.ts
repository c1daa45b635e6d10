import { useEffect, useState } from 'react'
import type { BoardId } from '#shared/ids.ts'
import type { Presence } from '#shared/presence.ts'
import { errorFacts } from '../../lib/error-text.ts'
import { api } from '../../lib/trpc.ts'

const RETRY_MS = 5_000

/** Who else has the board open; and as long as it is asked, this app has it open for the others. */
export function usePresence(boardId: BoardId): readonly Presence[] {
  const [others, setOthers] = useState<readonly Presence[]>([])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let close = () => {}
    const open = () => {
      const subscription = api.presence.onBoard.subscribe(
        { boardId },
        {
          onData: setOthers,
          onError: (error) => {
            setOthers([]) // nobody knows who is still there
            if (errorFacts(error).code !== 'NOT_FOUND') timer = setTimeout(open, RETRY_MS)
          },
        },
      )
      close = () => subscription.unsubscribe()
    }
    open()
    return () => {
      clearTimeout(timer)
      close()
    }
  }, [boardId])
  return others
}
