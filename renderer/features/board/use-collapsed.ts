import { useCallback, useMemo } from 'react'
import type { Column } from '#shared/column.ts'
import type { ColumnId } from '#shared/ids.ts'
import type { Choice } from '../../lib/actions/offers.ts'
import { useOffers } from '../../lib/actions/use-offers.ts'
import { texts } from '../../lib/texts/texts.ts'
import { usePreferences } from '../../lib/use-preferences.ts'

/** Which columns the person has narrowed to a strip, and the way to change it; remembered for every board. */
export function useCollapsed(columns: readonly Column[]) {
  const { preferences, update } = usePreferences()
  const { collapsed_column_ids: ids } = preferences
  const collapsed = useMemo(() => new Set(ids), [ids])
  const toggle = useCallback(
    (id: ColumnId) =>
      update({ collapsed_column_ids: ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id] }),
    [ids, update],
  )
  useOffers({
    'column.collapse': {
      isEnabled: () => columns.length > 0,
      choices: () =>
        columns.map(
          ({ id, name }): Choice => ({
            id,
            title: name,
            hint: collapsed.has(id) ? texts.columns.collapsed : texts.columns.open,
            keepsOpen: true,
            run: () => toggle(id),
          }),
        ),
    },
  })
  return { collapsed, toggle }
}
