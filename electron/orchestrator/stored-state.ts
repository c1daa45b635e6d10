import type { ExecutionRow } from '#db/queries/executions.ts'
import type { StepFacts } from '#db/queries/steps.ts'
import { BUILT_IN_WORKFLOWS } from '#shared/built-in-workflows.ts'
import type { WorkflowDefinition } from '#shared/workflow.ts'
import type { FinishedStep } from './interpret-walk.ts'
import type { ExecutionState } from './state.ts'

type Row = Pick<
  ExecutionRow,
  'status' | 'resolution' | 'workflow_type' | 'definition' | 'iteration' | 'max_iterations'
>

/** The state that rows tell of, those of older versions too: they know neither definitions nor places in them. */
export function stateOf(row: Row, steps: readonly StepFacts[], waitingMessages: number): ExecutionState {
  return {
    status: row.status,
    resolution: row.resolution,
    definition: definitionOf(row),
    iteration: row.iteration,
    maxIterations: row.max_iterations,
    finished: steps.filter(isFinished).map(finishedStep),
    begun: steps.filter(({ status }) => status === 'running').map(pathOf),
    waitingMessages,
  }
}

/** What an execution started with; before there were definitions, the built-in of its type, and nobody asked questions. */
export function definitionOf(row: Pick<Row, 'workflow_type' | 'definition'>): WorkflowDefinition {
  if (row.definition) return row.definition
  const type = row.workflow_type === 'custom' ? 'development' : row.workflow_type
  return { ...BUILT_IN_WORKFLOWS[type].definition, clarity: false }
}

/** A clarity check that failed and held nothing up is not done again; one that ended the run is, at Resume. */
function isFinished({ phase, status, passed }: StepFacts): boolean {
  return status === 'completed' || (phase === 'clarity' && status === 'failed' && passed)
}

function finishedStep(step: StepFacts): FinishedStep {
  const { phase, iteration, verdict, checks, changed } = step
  return { path: pathOf(step), phase, iteration, verdict, checks, changed }
}

function pathOf({ node_path, phase, iteration }: StepFacts): string {
  if (node_path) return node_path
  if (phase === 'architecture') return 'architecture'
  return `rounds[${iteration}]/${phase === 'fix' ? 'development' : phase}`
}
