import type { StepOutline } from '#db/queries/steps.ts'

/**
 * The latest plan, as Markdown; of several architects at once, all of theirs. One that was written anew has a place of its
 * own. Null: nobody has planned.
 */
export function planOf(steps: readonly StepOutline[]): string | null {
  const plans = steps.filter(({ phase, status }) => phase === 'architecture' && status === 'completed')
  const last = plans.at(-1)
  const placeOf = ({ node_path: path }: StepOutline) => path?.slice(0, path.lastIndexOf('/') + 1) ?? ''
  const latest = new Map(
    plans
      .filter((step) => last && step.iteration === last.iteration && placeOf(step) === placeOf(last))
      .map((step) => [step.node_path, step.output_content]),
  )
  return [...latest.values()].filter(Boolean).join('\n\n') || null
}
