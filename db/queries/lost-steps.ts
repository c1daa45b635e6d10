import { type SQL, sql } from 'drizzle-orm'
import type { ExecutionId } from '#shared/ids.ts'
import type { Db } from '../client.ts'

/**
 * Settles the account of steps that end without a word at their end: the app was killed, or the agent broke. Calls that
 * were written down count for them, also those of which their log did not tell any more; what an agent on a login of its
 * own has said that it used is written down as one call, so that budgets know it. Before the steps are ended.
 */
export async function settleLostSteps(tx: Db, executionId: ExecutionId): Promise<void> {
  await tx.execute(sql`
    insert into model_calls (board_id, task_id, execution_id, step_id, phase, provider, model, input_tokens,
      output_tokens, cache_read_tokens, cache_write_tokens, cost_usd, is_estimate, duration_ms)
    select e.board_id, e.task_id, e.id, s.id, s.phase, coalesce(s.provider, e.provider),
      coalesce(s.model, s.provider, e.provider), s.input_tokens, s.output_tokens, s.cache_read_tokens,
      s.cache_write_tokens, s.cost_usd, true, 0
    from steps s join executions e on e.id = s.execution_id
    where e.id = ${executionId} and s.status = 'running'
      and (s.cost_usd > 0 or greatest(s.input_tokens, s.output_tokens, s.cache_read_tokens, s.cache_write_tokens) > 0)
      and not exists (select from model_calls c where c.step_id = s.id)`)
  await tx.execute(sql`
    with lost as (
      select s.id, s.input_tokens as had_input, s.output_tokens as had_output, s.cache_read_tokens as had_read,
        s.cache_write_tokens as had_written, coalesce(s.cost_usd, 0) as had_cost,
        sum(c.input_tokens) as input, sum(c.output_tokens) as output,
        sum(c.cache_read_tokens) as read, sum(c.cache_write_tokens) as written,
        case when bool_and(c.cost_usd is not null) then sum(c.cost_usd) end as cost,
        bool_or(c.is_estimate) as is_estimate, max(c.model) as model
      from steps s join model_calls c on c.step_id = s.id
      where s.execution_id = ${executionId} and s.status = 'running'
      group by s.id
    ), settled as (
      update steps s set input_tokens = ${kept(sql`input`)}, output_tokens = ${kept(sql`output`)},
        cache_read_tokens = ${kept(sql`read`)}, cache_write_tokens = ${kept(sql`written`)}, cost_usd = cost, model = coalesce(s.model, lost.model),
        cost_is_estimate = lost.is_estimate
      from lost where s.id = lost.id
    ), more as (
      select sum(input - had_input) as input, sum(output - had_output) as output,
        sum(read - had_read) as read, sum(written - had_written) as written,
        sum(cost - had_cost) as cost, bool_and(cost is not null) as is_known, bool_or(is_estimate) as is_estimate
      from lost
    )
    update executions e set input_tokens = ${kept(sql`e.input_tokens + more.input`)},
      output_tokens = ${kept(sql`e.output_tokens + more.output`)},
      cache_read_tokens = ${kept(sql`e.cache_read_tokens + more.read`)},
      cache_write_tokens = ${kept(sql`e.cache_write_tokens + more.written`)},
      cost_usd = case when more.is_known
        and (e.cost_usd is not null or greatest(e.input_tokens, e.output_tokens, e.cache_read_tokens, e.cache_write_tokens) = 0)
        then coalesce(e.cost_usd, 0) + more.cost end,
      cost_is_estimate = e.cost_is_estimate or more.is_estimate
    from more where e.id = ${executionId} and more.input is not null`)
}

/** A sum as its column can hold it: what cannot be counted must not keep a step from being ended. */
function kept(tokens: SQL): SQL {
  return sql`least(greatest(${tokens}, 0), 2147483647)::int`
}
