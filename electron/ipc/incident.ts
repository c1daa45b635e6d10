import type { TRPCError } from '@trpc/server'
import type { RejectCode } from '#shared/ipc.ts'

/** What the log should hear of the link. Never holds the input of a call: it may hold a secret. */
export type IpcIncident =
  /** A procedure threw, or its answer could not be cloned. Expected errors are among these: see `error.code`. */
  | { kind: 'failed'; path: string; type: string; error: TRPCError }
  /** A subscription's generator has not ended this long after it was told to. */
  | { kind: 'deaf'; path: string; afterMs: number }
  /** A connection was turned away or cut. */
  | { kind: 'rejected'; code: RejectCode; reason: string }

export type ReportIncident = (incident: IpcIncident) => void
