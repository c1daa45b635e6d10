import type { DiffSummary, FilePatch, MergePreview, MergeResult } from '#shared/diff.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import type { BoardContext } from './change-board.ts'

type ResultContext = BoardContext & Pick<AppContext, 'config' | 'log'>
type Read<T> = (ctx: Pick<AppContext, 'db'>, id: ExecutionId, signal: AbortSignal) => Promise<T>

export declare const getDiff: Read<DiffSummary>
export declare const previewMerge: Read<MergePreview>
export declare function getPatch(ctx: Pick<AppContext, 'db'>, id: ExecutionId, file: string, signal: AbortSignal): Promise<FilePatch>
export declare function merge(ctx: ResultContext, id: ExecutionId, signal: AbortSignal): Promise<MergeResult>
export declare function discard(ctx: ResultContext, id: ExecutionId, signal: AbortSignal): Promise<ExecutionSummary>
