import { findBoard } from '#db/queries/boards.ts'
import * as queries from '#db/queries/insights.ts'
import { inTransaction } from '#db/transaction.ts'
import { InvalidInputError, NotFoundError } from '#shared/errors.ts'
import type { GetInsights, Insights } from '#shared/insights.ts'
import type { AppContext } from '../context.ts'

const MOST_DAYS = 1100
const MOST_CARDS = 2000

/**
 * The figures of a board for some days, as the calendar of this computer has them; all as of one moment. Days to come are
 * left out.
 */
export async function getInsights(
  ctx: Pick<AppContext, 'db' | 'now'>,
  { board_id: id, from, to }: GetInsights,
): Promise<Insights> {
  const days = daysBetween(from, earlier(to, dayOf(ctx.now())))
  const span = { from: startOf(from), to: startOf(addDays(to, 1)) }
  const weeks = weeksOf(days)
  return inTransaction(
    ctx.db,
    async (tx) => {
      if (!(await findBoard(tx, id))) throw new NotFoundError('Board', id)
      const ends = days.map((day) => startOf(addDays(day, 1)))
      const flow = ends.length > 0 ? await queries.countFlow(tx, id, ends) : []
      const cycle = await queries.readCycle(tx, id, span, MOST_CARDS)
      const finished = weeks.length > 0 ? await queries.countFinished(tx, id, span, weeks.map(startOf)) : []
      const counts = new Map(finished.map(({ index, count }) => [index, count]))
      const costs = days.length > 0 ? await queries.sumCosts(tx, id, days.map(startOf), span.to) : []
      return {
        flow: flow.map(({ index, ...rest }) => ({ day: days[index] ?? to, ...rest })),
        cycle,
        throughput: weeks.map((week, index) => ({ week, count: counts.get(index) ?? 0 })),
        rework: await queries.countRounds(tx, id, span),
        cost: costs.map(({ index, ...rest }) => ({ day: days[index] ?? to, ...rest })),
      }
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}

/** Both, and all between; none when the last is before the first. */
function daysBetween(from: string, to: string): string[] {
  const days: string[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (days.length === MOST_DAYS)
      throw new InvalidInputError('TOO_MANY_DAYS', 'At most three years at once. Choose a shorter time.')
    days.push(day)
  }
  return days
}

/** The Mondays of the weeks in which days lie. */
function weeksOf(days: readonly string[]): string[] {
  return [...new Set(days.map((day) => addDays(day, -((startOf(day).getDay() + 6) % 7))))]
}

function earlier(a: string, b: string): string {
  return a < b ? a : b
}

function addDays(day: string, count: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1, date + count)).toISOString().slice(0, 10)
}

/** Its first moment, here. */
function startOf(day: string): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date)
}

function dayOf(at: Date): string {
  return new Date(Date.UTC(at.getFullYear(), at.getMonth(), at.getDate())).toISOString().slice(0, 10)
}
