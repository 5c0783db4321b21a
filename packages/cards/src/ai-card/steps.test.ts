import type { ApiCall, ApiMiddleware } from '@dingware/core'
import { expect, test } from 'vitest'
import { createStage, STREAM } from '../testing/stage.ts'

/**
 * Writes 旧, and 新 while the first frame waits in the steps. @returns the texts of the frames as they were sent.
 */
async function framesThrough(...steps: readonly ApiMiddleware[]): Promise<readonly unknown[]> {
  let reached = (): void => {}
  const isWaiting = new Promise<void>(resolve => {
    reached = resolve
  })
  let goOn = (): void => {}
  const written = new Promise<void>(resolve => {
    goOn = resolve
  })
  await using stage = await createStage()
  stage.bot.api.use(...steps, async (call, next) => {
    // As in the queue of a rate limit.
    if (call.path === STREAM) {
      reached()
      await written
    }
    return next()
  })
  await stage.answer(async ctx => {
    const card = ctx.aiCard()
    card.append('旧')
    await isWaiting
    card.append('新')
    goOn()
    await stage.shows(({ variables }) => variables.msgContent !== '')
    await card.finish()
  })
  return stage.bodies(STREAM).map(({ content }) => content)
}

test('a step that hands a copy of the call on does not keep a frame from showing the newest text', async () => {
  const frames = await framesThrough((call, next) => next({ ...call }))
  expect(frames[0]).toBe('旧新')
})

test('a step that looks into a frame sees its text, and changes nothing by that', async () => {
  const seen: unknown[] = []
  const frames = await framesThrough((call, next) => {
    if (call.path === STREAM) seen.push(JSON.parse(JSON.stringify(call.body)).content)
    return next()
  })
  expect(seen[0]).toBe('旧')
  expect(frames[0]).toBe('旧新')
})

test('a step that gives a frame another body has the last word', async () => {
  const withStar = ({ body, ...call }: ApiCall): ApiCall => ({
    ...call,
    body: { ...Object(body), content: `*${Object(body).content}` },
  })
  const frames = await framesThrough((call, next) => next(call.path === STREAM ? withStar(call) : call))
  expect(frames[0]).toBe('*旧')
  expect(frames.at(-1)).toBe('*旧新')
})
