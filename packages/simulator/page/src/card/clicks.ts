import { createContext } from 'preact'
import { useContext, useState } from 'preact/hooks'
import type { Press } from '../../../src/apis/card/buttons.ts'
import type { ClickAnswer, ClickRequest } from '../../../src/page/requests.ts'
import { numberIn, post, textIn } from '../request/request.ts'
import { useViewer } from '../viewer/viewer.ts'

/** The outcome of the last click on a card. */
export type ClickState =
  | { readonly state: 'none' }
  | { readonly state: 'pending'; readonly press: Press }
  | { readonly state: 'refused'; readonly reason: string }
  | { readonly state: ClickAnswer['outcome']; readonly latency?: number; readonly code?: number }

export interface Clicks {
  readonly last: ClickState
  readonly press: (press: Press) => Promise<void>
  /** Calls back without anybody being told of it: what a form does when something is selected in it. */
  readonly murmur: (press: Press) => Promise<void>
}

const nobody: Clicks = { last: { state: 'none' }, press: async () => {}, murmur: async () => {} }

/** The press of a button of one's own template. */
export function own(actionId: string, params: Readonly<Record<string, unknown>> = {}): Press {
  return { kind: 'own', actionId, params }
}

/** Whether two presses are of one button. */
export function isSame(one: Press, other: Press): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

export const ClicksContext = createContext<Clicks>(nobody)

export const useClicks = (): Clicks => useContext(ClicksContext)

/** Presses buttons of one card, as whoever looks at it. */
export function useCardClicks(outTrackId: string): Clicks {
  const viewer = useViewer()
  const [last, setLast] = useState<ClickState>({ state: 'none' })
  const userId = viewer?.userId ?? ''
  const press: Clicks['press'] = async press => {
    setLast({ state: 'pending', press })
    const request: ClickRequest = { userId, outTrackId, press }
    const result = await post('/_sim/clicks', request)
    setLast(result.ok ? answerIn(result.value) : { state: 'refused', reason: result.reason })
  }
  const murmur: Clicks['murmur'] = async press => {
    const request: ClickRequest = { userId, outTrackId, press, isNoise: true }
    await post('/_sim/clicks', request)
  }
  return { last, press, murmur }
}

const outcomes: readonly ClickAnswer['outcome'][] = ['answered', 'late', 'failed', 'undelivered', 'closed', 'silent']

function answerIn(value: unknown): ClickState {
  const state = outcomes.find(one => one === textIn(value, 'outcome'))
  if (state === undefined) return { state: 'refused', reason: '' }
  const [latency, code] = [numberIn(value, 'latency'), numberIn(value, 'code')]
  return { state, ...(latency !== undefined && { latency }), ...(code !== undefined && { code }) }
}
