import type { BoardId } from '#shared/ids.ts'
import { usePreferences } from '../../lib/use-preferences.ts'

const MOST = 1000

/** The boards that the person keeps at the top. */
export function useStars() {
  const { preferences, update } = usePreferences()
  const starred = preferences.starred_board_ids
  return {
    isStarred: (id: BoardId) => starred.includes(id),
    toggle: (id: BoardId) =>
      update({
        starred_board_ids: starred.includes(id)
          ? starred.filter((one) => one !== id)
          : [...starred, id].slice(-MOST),
      }),
  }
}
