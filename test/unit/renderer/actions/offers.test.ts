import { readdir, readFile } from 'node:fs/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { ACTION_IDS } from '../../../../renderer/lib/actions/catalogue.ts'
import { addOffer, findOffer, type Offer, runAction } from '../../../../renderer/lib/actions/offers.ts'

const removals: (() => void)[] = []
const offer = (given: Offer) => removals.push(addOffer('card.create', () => given))

afterEach(() => {
  for (const remove of removals.splice(0)) remove()
})

describe('an action', () => {
  it('is done by who offered it last, as long as that one can', () => {
    const done: string[] = []
    let canSecond = true
    offer({ run: () => done.push('first') })
    offer({ run: () => done.push('second'), isEnabled: () => canSecond })
    runAction('card.create')
    canSecond = false
    runAction('card.create')
    removals.shift()?.()
    expect(runAction('card.create')).toBe(false)
    expect(done).toEqual(['second', 'first'])
    expect(findOffer('card.create')).toBeUndefined()
  })

  it('of the catalogue is offered by some part of the window', async () => {
    const files = await readdir('renderer', { recursive: true })
    const offering = files.filter((file) => /^(app|features)\b.*\.tsx?$/.test(file))
    const texts = await Promise.all(offering.map((file) => readFile(`renderer/${file}`, 'utf8')))
    const source = texts.join('\n')
    expect(ACTION_IDS.filter((id) => !source.includes(`'${id}'`))).toEqual([])
  })
})
