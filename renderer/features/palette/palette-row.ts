import type { ReactNode } from 'react'
import { ACTIONS, type ActionId } from '../../lib/actions/catalogue.ts'
import type { Choice, Offer } from '../../lib/actions/offers.ts'
import { type FuzzyQuery, foldText, fuzzyBest, fuzzyScore } from '../../lib/fuzzy.ts'

/** A line of the palette that can be chosen. */
export interface PaletteRow {
  id: string
  title: string
  hint?: string | undefined
  icon?: ReactNode
  isChosen?: boolean | undefined
  /** An action, with its keys; else one of the choices of a page or a source. */
  does: { kind: 'action'; id: ActionId; opensPage: boolean } | { kind: 'choice'; choice: Choice }
}

export interface PaletteSection {
  id: string
  /** None on a page, whose title stands above. */
  heading: string | null
  rows: readonly PaletteRow[]
}

export function actionRow(id: ActionId, offer: Offer): PaletteRow {
  return {
    id: `action-${id}`,
    title: offer.title ?? ACTIONS[id].title,
    does: { kind: 'action', id, opensPage: offer.choices !== undefined },
  }
}

export function choiceRow(source: string, choice: Choice): PaletteRow {
  const { id, title, hint, icon, isChosen } = choice
  return { id: `${source}-${id}`, title, hint, icon, isChosen, does: { kind: 'choice', choice } }
}

export function scoreRow(query: FuzzyQuery, row: PaletteRow): number {
  const { does } = row
  if (does.kind === 'choice' && does.choice.isAnswer) return 1
  const keywords = does.kind === 'action' ? ACTIONS[does.id].keywords : does.choice.keywords
  const byTitle = fuzzyScore(query, foldText(row.title))
  // What only its other words tell goes behind what says it.
  return Math.max(byTitle, keywords ? 0.8 * fuzzyScore(query, foldText(`${row.title} ${keywords}`)) : 0)
}

/** The rows that fit, best first. */
export function bestRows(query: FuzzyQuery, rows: readonly PaletteRow[], limit: number): PaletteRow[] {
  if (query.length === 0) return rows.slice(0, limit)
  return fuzzyBest(rows, (row) => scoreRow(query, row), limit).map(({ item }) => item)
}
