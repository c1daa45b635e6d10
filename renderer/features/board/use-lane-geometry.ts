import type { Virtualizer } from '@tanstack/react-virtual'
import type { Column } from '#shared/column.ts'
import { texts } from '../../lib/texts/texts.ts'
import type { LanePlace, LaneRow } from './lanes.ts'

interface LaneGeometry {
  virtualizer: Virtualizer<HTMLDivElement, Element>
  rows: readonly LaneRow[]
  columns: readonly Column[]
  scroller: { readonly current: HTMLElement | null }
  heads: { readonly current: HTMLElement | null }
}

/** Where on the screen the places of lanes are, and how they are told of. */
export function useLaneGeometry({ virtualizer, rows, columns, scroller, heads }: LaneGeometry) {
  const top = () => scroller.current?.querySelector('[data-lane-rows]')?.getBoundingClientRect().top
  const rectsOfColumns = () =>
    [...(heads.current?.children ?? [])].map((head) => head.getBoundingClientRect())

  return {
    placeAt: (x: number, y: number): LanePlace | null => {
      const from = top()
      const column = columns[rectsOfColumns().findIndex(({ left, right }) => x >= left && x <= right)]
      if (from === undefined || !column) return null
      const item = virtualizer.getVirtualItemForOffset(y - from)
      const row = item && rows[item.index]
      return row ? placeInRow(row, column, y - from > item.start + item.size / 2) : null
    },

    show: (place: LanePlace): { x: number; y: number } | undefined => {
      const at = rowOf(rows, place)
      if (at === -1) return undefined
      virtualizer.scrollToIndex(at)
      const column = columns.findIndex(({ id }) => id === place.columnId)
      heads.current?.children[column]?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
      const [from, rect] = [top(), rectsOfColumns()[column]]
      const start = virtualizer.measurementsCache[at]?.start ?? 0
      return from === undefined || !rect ? undefined : { x: rect.left, y: from + start }
    },

    nameOf: ({ laneId, columnId, index }: LanePlace): string => {
      const lane = rows.find((row) => row.lane.group.id === laneId)?.lane.group.name ?? texts.boardMoves.lane
      const column = columns.find(({ id }) => id === columnId)
      const starts = column?.triggers_agents ? texts.boardMoves.whichStartsAgents : ''
      return texts.boardMoves.lanePosition(lane, column?.name, starts, index)
    },
  }
}

function placeInRow(row: LaneRow, column: Column, isBelowMiddle: boolean): LanePlace {
  const length = row.lane.cards.get(column.id)?.length ?? 0
  const index = row.kind === 'head' ? 0 : row.index + (isBelowMiddle ? 1 : 0)
  return { laneId: row.lane.group.id, columnId: column.id, index: Math.min(index, length) }
}

/** The row before which a place lies; the last of the lane when it is its end, the head when it is closed. */
function rowOf(rows: readonly LaneRow[], { laneId, index }: LanePlace): number {
  const head = rows.findIndex(({ lane }) => lane.group.id === laneId)
  const row = rows[head]
  if (row?.kind !== 'head') return -1
  return row.isOpen ? head + Math.min(index + 1, row.lane.height) : head
}
