import type { ApiFault } from '@dingware/simulator'
import { describe, expect, test } from 'vitest'
import { DEFAULT_EMPTY_TEXT, DEFAULT_REFUSED_TEXT } from '../engine/limits.ts'
import type { AiTemplate } from '../template/ai-settings.ts'
import { aiTemplate8aebdfb9, aiTemplate02fcf2f4, aiTemplate382e4302, aiTemplate675cde2f } from '../template/presets.ts'
import { CREATE, createFaucet, createStage, INSTANCES, STREAM, type Stage } from '../testing/stage.ts'
import type { StreamResult } from './options.ts'

const FAULTS: Readonly<Record<string, Omit<ApiFault, 'path'>>> = {
  'is throttled (403)': { fault: 'qps' },
  // Also with the new token that a permission granted meanwhile would need.
  'lacks its permission': { fault: 'permission', times: 2 },
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

/** What a model says, in two pieces, and what it comes to. */
interface Speech {
  readonly pieces: readonly [string, string]
  readonly text: string
}

const REPORT: Speech = {
  pieces: ['# 周报\n\n本周完成了**三件', '**事。'],
  text: '# 周报\n\n本周完成了**三件**事。',
}
const EMOJI: Speech = { pieces: ['好的\ud83d', '\ude00，完成了'], text: '好的😀，完成了' }
const EMPTY: Speech = { pieces: ['', ' '], text: ' ' }

const TEMPLATES = { aiTemplate382e4302, aiTemplate02fcf2f4, aiTemplate675cde2f, aiTemplate8aebdfb9 }

interface Scene extends Struck {
  readonly fault: ApiFault
  readonly speech?: Speech
  readonly template?: AiTemplate
}

/** The variable that streams. */
const keyOf = ({ variables }: AiTemplate): string => variables.content || ''

/** Streams what is said, the fault armed at its moment; ends when the card shows all of it, or cannot. */
async function play(
  stage: Stage,
  { at: moment, separately, fault, speech = REPORT, template = aiTemplate382e4302 }: Scene,
): Promise<StreamResult> {
  const { sim } = stage
  const [first, second] = speech.pieces
  const whole = first + second
  const arm = (at: Moment): void => {
    if (at === moment) sim.faults.api(fault)
  }
  const isShown = (text: string) => (): boolean => {
    const [card] = sim.cards.values()
    const isRefused = sim.calls.some(call => call.fault === 'permission' || call.fault === 'answer')
    return isRefused || text.trim() === '' || (card?.variables[keyOf(template)] ?? '').length >= text.length
  }
  return stage.answer(async ctx => {
    const faucet = createFaucet()
    arm('before')
    const result = ctx.aiCard({ separately, template }).stream(faucet)
    faucet.give(first)
    await sim.until(isShown(first.replace(/\ud83d$/, '')), { timeout: 12_000 })
    arm('shown')
    faucet.give(second)
    await sim.until(isShown(whole), { timeout: 12_000 })
    arm('written')
    faucet.end()
    return result
  })
}

const struckIn = ({ sim }: Stage) => sim.calls.filter(call => call.fault !== undefined)

/** The one card has ended, and shows this; nothing was said beside it. */
function expectCard(stage: Stage, shown: string, template: AiTemplate = aiTemplate382e4302): void {
  const [card, ...others] = [...stage.sim.cards.values()]
  expect(card).toMatchObject({ status: 'finished', variables: { [keyOf(template)]: shown } })
  expect(others).toEqual([])
  expect(stage.messages()).toEqual([])
}

const LIMITS = { timeout: 30_000 }
/** Impatient only where nothing ever answers: else a busy machine would add a fault of its own. */
const stageFor = ({ fault }: Pick<ApiFault, 'fault'>) =>
  createStage(fault === 'timeout' ? { cards: { timeout: 400 } } : {})

describe.concurrent('an AI card ends with the whole text', () => {
  for (const [name, struck] of Object.entries(CALLS)) {
    const { path, method } = struck
    for (const [how, fault] of Object.entries(FAULTS)) {
      test(`when ${name} ${how}`, LIMITS, async () => {
        await using stage = await stageFor(fault)
        const result = await play(stage, { ...struck, fault: { ...fault, path, method } })
        expect(result).toMatchObject({ status: 'finished', text: REPORT.text })
        expect(struckIn(stage)).not.toHaveLength(0)
        if (OPENING.has(path) && method === 'POST' && fault.fault === 'permission') {
          expect(stage.messages()).toEqual([REPORT.text])
          expect(result.fallback?.reason).toMatchObject({ requiredScopes: ['Card.Instance.Write'] })
          return
        }
        expectCard(stage, REPORT.text)
      })
    }
  }
})

const PASSING = ['is throttled (403)', 'meets a server error', 'is done, and its answer lost'] as const
const WITH_TEXT = ['the first frame', 'a later frame', 'the last frame', 'the last update'] as const
/** How the cards of a template come to be. */
const creationOf = ({ deliver }: AiTemplate): readonly string[] =>
  deliver.separately ? ['its creation alone', 'its delivery alone'] : ['its creation with delivery']
const ALWAYS = ['its creation with delivery', 'the last frame', 'the last update'] as const

/** What was struck of which call; a template without a state has no last update. */
function scenesOf(names: readonly string[], template: AiTemplate = aiTemplate382e4302) {
  return names.flatMap(name => {
    const struck = CALLS[name]
    const isMissing = name === 'the last update' && template.variables.status === false
    return struck && !isMissing ? [{ name, struck, template }] : []
  })
}

describe.concurrent('on each template', () => {
  for (const [id, template] of Object.entries(TEMPLATES).slice(1)) {
    for (const { name, struck } of scenesOf([...creationOf(template), ...WITH_TEXT], template)) {
      for (const how of PASSING) {
        test(`${id}: the whole text when ${name} ${how}`, LIMITS, async () => {
          await using stage = await createStage()
          const { path, method } = struck
          const result = await play(stage, { ...struck, template, fault: { ...FAULTS[how], path, method } })
          expect(result).toMatchObject({ status: 'finished', text: REPORT.text })
          expect(struckIn(stage)).not.toHaveLength(0)
          expectCard(stage, REPORT.text, template)
        })
      }
    }
    test(`${id}: the whole text when one frame is refused for good`, LIMITS, async () => {
      await using stage = await createStage()
      const fault = { path: STREAM, fault: { status: 400, body: { code: 'invalid.content', message: 'x' } } }
      const result = await play(stage, { path: STREAM, method: 'PUT', at: 'shown', template, fault })
      expect(result).toMatchObject({ status: 'finished' })
      expectCard(stage, REPORT.text, template)
    })
  }
})

const UNSAFE = { status: 400, body: { code: 'param.contentUnsafe', message: 'param.contentUnsafe' } }

describe.concurrent('what the review of contents refuses is sent once, and a notice is shown in its place', () => {
  for (const [id, template] of Object.entries(TEMPLATES)) {
    for (const { name, struck } of scenesOf([...creationOf(template), ...WITH_TEXT], template)) {
      test(`${id}: ${name}`, LIMITS, async () => {
        await using stage = await createStage()
        const { path, method } = struck
        const result = await play(stage, { ...struck, template, fault: { path, method, fault: UNSAFE } })
        expect(result).toMatchObject({ status: 'refused', reason: { code: 'param.contentUnsafe' } })
        const at = stage.sim.calls.findIndex(call => call.fault !== undefined)
        expect(JSON.stringify(stage.sim.calls.slice(at + 1).map(({ body }) => body))).not.toContain('周报')
        if (method === 'POST') expect(stage.messages()).toEqual([DEFAULT_REFUSED_TEXT])
        else expectCard(stage, DEFAULT_REFUSED_TEXT, template)
      })
    }
  }

  test('a message, where there is no card', LIMITS, async () => {
    await using stage = await createStage()
    stage.sim.permissions.revoke('Card.Instance.Write')
    const path = '/robot/sendBySession'
    stage.sim.faults.api({ path, fault: { status: 200, body: { errcode: 430104, errmsg: 'content unsafe' } } })
    const result = await stage.answer(ctx => ctx.aiCard().stream(REPORT.pieces))
    expect(result).toMatchObject({ status: 'refused', reason: { code: '430104' } })
    expect(stage.messages()).toEqual([DEFAULT_REFUSED_TEXT])
  })
})

describe.concurrent('a model that says nothing leaves a line that can be read', () => {
  for (const { name, struck } of scenesOf(ALWAYS)) {
    for (const how of PASSING) {
      test(`when ${name} ${how}`, LIMITS, async () => {
        await using stage = await createStage()
        const { path, method } = struck
        const result = await play(stage, { ...struck, speech: EMPTY, fault: { ...FAULTS[how], path, method } })
        expect(result).toMatchObject({ status: 'empty', reason: 'blank' })
        expect(struckIn(stage)).not.toHaveLength(0)
        expectCard(stage, DEFAULT_EMPTY_TEXT)
      })
    }
  }
})

describe.concurrent('a character that comes in two halves is shown as one', () => {
  for (const { name, struck } of scenesOf(WITH_TEXT)) {
    for (const how of PASSING) {
      test(`when ${name} ${how}`, LIMITS, async () => {
        await using stage = await createStage()
        const { path, method } = struck
        const result = await play(stage, { ...struck, speech: EMOJI, fault: { ...FAULTS[how], path, method } })
        expect(result).toMatchObject({ status: 'finished', text: EMOJI.text })
        const frames = stage.bodies(STREAM).map(({ content }) => String(content))
        expect(frames.filter(content => /\p{Surrogate}|\ufffd/u.test(content))).toEqual([])
        expectCard(stage, EMOJI.text)
      })
    }
  }
})
