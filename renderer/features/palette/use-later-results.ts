import { useEffect, useState } from 'react'
import type { Choice } from '../../lib/actions/offers.ts'
import { paletteSources } from '../../lib/actions/palette-sources.ts'
import { errorText } from '../../lib/error-text.ts'
import { choiceRow, type PaletteSection } from './palette-row.ts'

interface Answer {
  text: string
  heading: string
  choices: readonly Choice[]
  failed: string | null
}

/** What the slower sources find. What they found before stays until they have answered, so that nothing jumps. */
export function useLaterResults(text: string): {
  sections: readonly PaletteSection[]
  isWaiting: boolean
  failed: string | null
} {
  const [answers, setAnswers] = useState<ReadonlyMap<string, Answer>>(new Map())
  const asked = sourcesFor(text)
  const ids = asked.map(({ id }) => id).join(' ')
  useEffect(() => {
    const controller = new AbortController()
    const put = (id: string, answer: Answer) => {
      if (!controller.signal.aborted) setAnswers((before) => new Map(before).set(id, answer))
    }
    for (const { id, heading, searchLater } of ids === '' ? [] : sourcesFor(text)) {
      searchLater?.(text, controller.signal).then(
        (choices) => put(id, { text, heading, choices, failed: null }),
        (error: unknown) => put(id, { text, heading, choices: [], failed: errorText(error) }),
      )
    }
    return () => controller.abort()
  }, [text, ids])
  const known = asked.flatMap(({ id }) => {
    const answer = answers.get(id)
    return answer ? [{ id, ...answer }] : []
  })
  return {
    sections: known
      .filter(({ choices }) => choices.length > 0)
      .map(({ id, heading, choices }) => ({
        id,
        heading,
        rows: choices.map((choice) => choiceRow(id, choice)),
      })),
    isWaiting: asked.some(({ id }) => answers.get(id)?.text !== text),
    failed: known.find(({ failed }) => failed !== null)?.failed ?? null,
  }
}

function sourcesFor(text: string) {
  return paletteSources().filter(({ searchLater, least = 1 }) => searchLater && text.length >= least)
}
