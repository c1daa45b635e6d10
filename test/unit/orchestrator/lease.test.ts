import { expect, it } from 'vitest'
import { loadConfig } from '#electron/config.ts'
import { heartbeatMs } from '#electron/orchestrator/lease.ts'

it.each(['', '3', '45'])(
  'the work of a dead app is seen as interrupted within 60 s: lease and beat, with RANGERS_LEASE_SECONDS=%s',
  async (seconds) => {
    const { leaseSeconds } = loadConfig({ env: { RANGERS_LEASE_SECONDS: seconds }, cwd: '/nowhere' })
    expect(leaseSeconds * 1000 + heartbeatMs(leaseSeconds)).toBeLessThanOrEqual(60_000)
    // One late sign of life loses nothing.
    expect(2 * heartbeatMs(leaseSeconds)).toBeLessThan(leaseSeconds * 1000)
  },
)

it('no lease may be longer than the promise allows', async () => {
  const tooLong = () => loadConfig({ env: { RANGERS_LEASE_SECONDS: '46' }, cwd: '/nowhere' })
  expect(tooLong).toThrow('RANGERS_LEASE_SECONDS is "46": expected a whole number from 3 to 45.')
})
