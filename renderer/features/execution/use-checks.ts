import { useQuery } from '@tanstack/react-query'
import type { StepCheck } from '#shared/check.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { keys } from '../../lib/query-keys.ts'
import { api } from '../../lib/trpc.ts'

/** While a command runs, what it prints is looked at again so often, milliseconds. */
const LOOK_EVERY_MS = 1_000

/** The commands of the project that were run for an execution; live while one runs, or while agents may begin one. */
export function useChecks(id: ExecutionId, isAtWork: boolean) {
  return useQuery({
    queryKey: [...keys.execution(id), 'checks'],
    queryFn: ({ signal }) => api.executions.checks.query({ id }, { signal }),
    refetchInterval: ({ state }) => (isAtWork || hasRunning(state.data) ? LOOK_EVERY_MS : false),
  })
}

function hasRunning(checks: readonly StepCheck[] | undefined): boolean {
  return checks?.some((check) => check.status === 'running') ?? false
}
