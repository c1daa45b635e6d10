import type http from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { errorAnswer, messageEvents, type messageOf } from './message.ts'
import type { Reply } from './scenario.ts'

/** Streams a message as server-sent events, up to the point where the reply says that it goes wrong. */
export async function streamMessage(
  response: http.ServerResponse,
  message: ReturnType<typeof messageOf>,
  reply: Reply,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' })
  const { cut, stall, streamError } = reply
  const stopAfter =
    cut?.afterEvents ?? stall?.afterEvents ?? streamError?.afterEvents ?? Number.POSITIVE_INFINITY
  let sent = 0
  for (const event of messageEvents(message, reply.chunkChars ?? 24)) {
    if (response.destroyed) return
    if (sent >= stopAfter) return goWrong(response, reply)
    response.write(line(event.type, event))
    sent += 1
    if (reply.chunkDelayMs) await wait(reply.chunkDelayMs)
  }
  response.end()
}

async function goWrong(response: http.ServerResponse, { cut, stall, streamError }: Reply): Promise<void> {
  if (cut?.how === 'destroy') {
    await flushed(response)
    response.socket?.destroy()
  } else if (cut) {
    response.end()
  } else if (streamError) {
    response.end(line('error', errorAnswer(streamError.type, streamError.type, 'req').body))
  } else if (stall?.pingEveryMs !== undefined) {
    const timer = setInterval(() => response.write(line('ping', { type: 'ping' })), stall.pingEveryMs)
    response.once('close', () => clearInterval(timer))
  }
}

/** The bytes written so far have left this process. */
async function flushed(response: http.ServerResponse): Promise<void> {
  await new Promise<void>((resolve) => response.write(': \n\n', () => setImmediate(resolve)))
}

function line(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}
