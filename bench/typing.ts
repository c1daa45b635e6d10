import type { InputEvent, WindowPage } from './window-page.ts'

/** Keys that were pressed in a field over the page. */
export interface Typed {
  /** From each key press to the frame that shows it, milliseconds. */
  delays: number[]
  /** How many of them did not come, or not in their order. */
  lost: number
}

/** Types until the signal aborts, or so many letters; as fast as a person who types fast. */
export async function typeMeanwhile(
  page: WindowPage,
  { letters, perSecond = 12, until }: { letters: number; perSecond?: number; until: AbortSignal },
): Promise<Typed> {
  await page.evaluate(WATCH)
  let sent = ''
  while (sent.length < letters && !until.aborted) {
    const some = Array.from({ length: perSecond }, (_, index) => String.fromCharCode(97 + (index % 26)))
    await page.input(some.flatMap(keyPress), 1000 / perSecond / 3)
    sent += some.join('')
  }
  const { text, delays } = await page.evaluate<{ text: string; delays: number[] }>(TYPED)
  return { delays, lost: text === sent ? 0 : Math.max(1, sent.length - text.length) }
}

function keyPress(keyCode: string): InputEvent[] {
  return [
    { type: 'keyDown', keyCode },
    { type: 'char', keyCode },
    { type: 'keyUp', keyCode },
  ]
}

const WATCH = `void (() => {
  const field = document.createElement('textarea')
  field.id = 'bench-field'
  field.style.cssText = 'position: fixed; bottom: 0; right: 0; z-index: 9999'
  document.body.append(field)
  field.focus()
  window.delays = []
  field.addEventListener('keydown', (event) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => delays.push(performance.now() - event.timeStamp)
      port2.postMessage(null)
    })
  })
})()`

const TYPED = `new Promise((resolve) => setTimeout(() => {
  const field = document.querySelector('#bench-field')
  field.remove()
  resolve({ text: field.value, delays })
}, 500))`
