import { useMemo, useSyncExternalStore } from 'react'
import { type ActionGroup, GROUPS } from '../../lib/actions/action-spec.ts'
import { ACTION_IDS, ACTIONS, type ActionId } from '../../lib/actions/catalogue.ts'
import { findOffer, offersVersion, subscribeOffers } from '../../lib/actions/offers.ts'
import { paletteSources } from '../../lib/actions/palette-sources.ts'
import { type FuzzyQuery, fuzzyQuery } from '../../lib/fuzzy.ts'
import { texts } from '../../lib/texts/texts.ts'
import {
  actionRow,
  bestRows,
  choiceRow,
  type PaletteRow,
  type PaletteSection,
  scoreRow,
} from './palette-row.ts'
import { recentActions } from './recent-actions.ts'
import { useLaterResults } from './use-later-results.ts'

const RECENT = 4
const FITTING = 8
/** More choices than these nobody reads; a few letters find the others. */
const CHOICES = 100

/** What the palette shows: on a page its choices, else actions and what the sources find. */
export function usePaletteSections(
  page: ActionId | null,
  text: string,
): {
  sections: readonly PaletteSection[]
  /** What actions on a card are for. */
  subject: string | null
  isWaiting: boolean
  failed: string | null
} {
  const version = useSyncExternalStore(subscribeOffers, offersVersion)
  const later = useLaterResults(page === null ? text.trim() : '')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for all that is on offer
  const atOnce = useMemo(
    () => (page === null ? mainSections(text) : pageSections(page, text)),
    [page, text, version],
  )
  const subject = findOffer(page ?? 'card.move')?.subject?.() ?? null
  const sections = page === null ? [...atOnce, ...later.sections] : atOnce
  return { ...later, sections, subject }
}

function pageSections(page: ActionId, text: string): PaletteSection[] {
  const choices = findOffer(page)?.choices?.(text.trim()) ?? []
  const rows = choices.map((choice) => choiceRow(page, choice))
  return [{ id: page, heading: null, rows: bestRows(fuzzyQuery(text), rows, CHOICES) }]
}

function mainSections(text: string): PaletteSection[] {
  const query = fuzzyQuery(text)
  const rows = offeredRows()
  const found = sourceSections(text.trim())
  if (query.length === 0) return [...browsedSections(rows), ...found].filter(isFilled)
  const actions = { id: 'actions', heading: texts.palette.actions, rows: bestRows(query, rows, FITTING) }
  return [actions, ...found]
    .filter(isFilled)
    .toSorted((a, b) => scoreSection(query, b) - scoreSection(query, a))
}

function offeredRows(): PaletteRow[] {
  return ACTION_IDS.flatMap((id) => {
    const offer = ACTIONS[id].isListed === false ? undefined : findOffer(id)
    return offer ? [actionRow(id, offer)] : []
  })
}

/** What was used last, and then all, in the order of the groups; those for a card go first, as they are for what is at hand. */
function browsedSections(rows: readonly PaletteRow[]): PaletteSection[] {
  const recent = recentActions().flatMap((id) => rows.find((row) => idOf(row) === id) ?? [])
  const groups = GROUPS.toSorted((a, b) => Number(b === 'cards') - Number(a === 'cards'))
  return [
    {
      id: 'recent',
      heading: texts.palette.recent,
      rows: recent.slice(0, RECENT).map((row) => ({ ...row, id: `recent-${row.id}` })),
    },
    ...groups.map((group) => ({
      id: group,
      heading: texts.actions.groups[group],
      rows: rows.filter((row) => groupOf(row) === group),
    })),
  ]
}

function idOf({ does }: PaletteRow): ActionId | null {
  return does.kind === 'action' ? does.id : null
}

function groupOf(row: PaletteRow): ActionGroup | null {
  const id = idOf(row)
  return id && ACTIONS[id].group
}

function sourceSections(text: string): PaletteSection[] {
  return paletteSources()
    .filter(({ least = 1 }) => text.length >= least)
    .map(({ id, heading, search }) => ({
      id,
      heading,
      rows: (search?.(text) ?? []).map((choice) => choiceRow(id, choice)),
    }))
}

function isFilled({ rows }: PaletteSection): boolean {
  return rows.length > 0
}

function scoreSection(query: FuzzyQuery, { rows: [first] }: PaletteSection): number {
  return first ? scoreRow(query, first) : 0
}
