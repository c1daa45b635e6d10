import { initTRPC, TRPCError } from '@trpc/server'
import { ZodError, z } from 'zod'
import { toAppError } from '#db/error.ts'
import { AppError } from '#shared/errors.ts'
import type { AppContext } from '../context.ts'
import { eachInLogContext, inLogContext } from '../log-context.ts'

const BUG = 'Something broke. The details are in the log.'

const t = initTRPC.context<AppContext>().create({
  // The port clones dates as dates; without a transformer tRPC would tell the window that they are strings.
  transformer: { serialize: (value) => value, deserialize: (value) => value },
  // The window needs more than a code to tell a person what to do (seed 1, section 8.2).
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    // A bug's own words may hold what was being written: they are for the log.
    message: error.code === 'INTERNAL_SERVER_ERROR' ? BUG : shape.message,
    data: {
      code: shape.data.code,
      httpStatus: shape.data.httpStatus,
      ...(shape.data.path === undefined ? {} : { path: shape.data.path }),
      detail: detailOf(error),
      fields: error.cause instanceof ZodError ? z.flattenError(error.cause).fieldErrors : null,
    },
  }),
})

function detailOf(error: TRPCError): AppError['detail'] {
  if (error.cause instanceof AppError) return error.cause.detail
  if (error.cause instanceof ZodError) return error.cause.issues[0]?.message ?? 'The input is not valid.'
  if (error.code === 'INTERNAL_SERVER_ERROR') return BUG
  return error.message
}

/** Times every call, logs it, and turns what is thrown into the one error shape; all it leads to logs its id. */
const observed = t.middleware(({ ctx, path, type, signal, next }) => {
  const correlation = { correlation_id: ctx.newId() }
  return inLogContext(correlation, async () => {
    const started = performance.now()
    const result = await next()
    const fields = { path, type, ms: Math.round(performance.now() - started) }
    if (result.ok) {
      ctx.log.debug(fields, 'call')
      return isIterable(result.data)
        ? { ...result, data: eachInLogContext(correlation, result.data) }
        : result
    }
    const error = translate(result.error)
    if (signal?.aborted)
      ctx.log.debug(fields, 'call given up') // nobody waits for it any more
    else if (error.code === 'INTERNAL_SERVER_ERROR')
      ctx.log.error({ ...fields, err: error.cause ?? error }, 'call failed')
    else ctx.log.info({ ...fields, code: error.code }, 'call refused')
    throw error
  })
})

/** What a subscription answers. */
function isIterable(data: unknown): data is AsyncIterable<unknown> {
  return typeof data === 'object' && data !== null && Symbol.asyncIterator in data
}

function translate(error: TRPCError): TRPCError {
  if (error.code !== 'INTERNAL_SERVER_ERROR') return error
  const known = error.cause instanceof AppError ? error.cause : toAppError(error.cause)
  return known ? new TRPCError({ code: known.code, message: known.message, cause: known }) : error
}

export const router = t.router
export const procedure = t.procedure.use(observed)
