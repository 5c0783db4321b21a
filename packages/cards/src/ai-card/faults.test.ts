import type { ApiFault } from '@dingware/simulator'
import { describe, expect, test } from 'vitest'
import { CREATE, createFaucet, createStage, INSTANCES, STREAM, type Stage } from '../testing/stage.ts'
import type { StreamResult } from './options.ts'

const FAULTS: Readonly<Record<string, Omit<ApiFault, 'path'>>> = {
  'is throttled (403)': { fault: 'qps' },
  'lacks its permission': { fault: 'permission', times: 1 },
  'is throttled (429)': { fault: 'rateLimit' },
  'meets a server error': { fault: 'serverError', status: 500 },
  'is never answered': { fault: 'timeout' },
  'has its connection cut': { fault: 'cut' },
  'is done, and its answer lost': { fault: 'cut', applied: true },
}

/** Which call is struck, and when the fault is armed. */
type Moment = 'before' | 'shown' | 'written'

interface Struck {
  readonly path: string
  readonly method: string
  readonly at: Moment
  /** Creation and delivery are two calls. */
  readonly separately?: boolean
}

const DELIVER = '/v1.0/card/instances/deliver'
const OPENING: ReadonlySet<string> = new Set([CREATE, INSTANCES, DELIVER])

const CALLS: Readonly<Record<string, Struck>> = {
  'its creation with delivery': { path: CREATE, method: 'POST', at: 'before' },
  'its creation alone': { path: INSTANCES, method: 'POST', at: 'before', separately: true },
  'its delivery alone': { path: DELIVER, method: 'POST', at: 'before', separately: true },
  'the first frame': { path: STREAM, method: 'PUT', at: 'before' },
  'a later frame': { path: STREAM, method: 'PUT', at: 'shown' },
  'the last frame': { path: STREAM, method: 'PUT', at: 'written' },
  'the last update': { path: INSTANCES, method: 'PUT', at: 'written' },
}

const HALF = '# 周报\n\n本周完成了**三件'
const WHOLE = '# 周报\n\n本周完成了**三件**事。'

/** Streams a text in two pieces, the fault armed at its moment; ends when the card shows all of it, or cannot. */
async function play(stage: Stage, { at: moment, separately }: Struck, fault: ApiFault): Promise<StreamResult> {
  const { sim } = stage
  const arm = (at: Moment): void => {
    if (at === moment) sim.faults.api(fault)
  }
  const isShown = (length: number) => (): boolean => {
    const [card] = sim.cards.values()
    const isRefused = sim.calls.some(call => call.fault === 'permission')
    return isRefused || (card?.variables.msgContent ?? '').length >= length
  }
  return stage.answer(async ctx => {
    const faucet = createFaucet()
    arm('before')
    const result = ctx.aiCard({ separately }).stream(faucet)
    faucet.give(HALF)
    await sim.until(isShown(HALF.length), { timeout: 12_000 })
    arm('shown')
    faucet.give(WHOLE.slice(HALF.length))
    await sim.until(isShown(WHOLE.length), { timeout: 12_000 })
    arm('written')
    faucet.end()
    return result
  })
}

describe.concurrent('an AI card ends with the whole text', () => {
  for (const [name, struck] of Object.entries(CALLS)) {
    const { path, method } = struck
    for (const [how, fault] of Object.entries(FAULTS)) {
      test(`when ${name} ${how}`, { timeout: 30_000 }, async () => {
        await using stage = await createStage({ cards: { timeout: 400 } })
        const result = await play(stage, struck, { ...fault, path, method })
        expect(result).toMatchObject({ status: 'finished', text: WHOLE })
        expect(stage.sim.calls.filter(call => call.fault !== undefined)).not.toHaveLength(0)
        if (OPENING.has(path) && method === 'POST' && fault.fault === 'permission') {
          expect(stage.messages()).toEqual([WHOLE])
          expect(result.fallback?.reason).toMatchObject({ requiredScopes: ['Card.Instance.Write'] })
          return
        }
        const [card, ...others] = [...stage.sim.cards.values()]
        expect(card).toMatchObject({ status: 'finished', variables: { msgContent: WHOLE } })
        expect(others).toEqual([])
        expect(stage.messages()).toEqual([])
      })
    }
  }
})
