import { createContext } from 'preact'
import { useContext, useState } from 'preact/hooks'
import type { ClickAnswer, ClickRequest } from '../../../src/page/requests.ts'
import { numberIn, post, textIn } from '../request/request.ts'
import { useViewer } from '../viewer/viewer.ts'

/** What became of the last click on a card. */
export type ClickState =
  | { readonly state: 'none' }
  | { readonly state: 'pending'; readonly actionId: string }
  | { readonly state: 'refused'; readonly reason: string }
  | { readonly state: ClickAnswer['outcome']; readonly latency?: number; readonly code?: number }

export interface Clicks {
  readonly last: ClickState
  readonly press: (actionIds: readonly string[], params?: ClickRequest['params']) => Promise<void>
}

const nobody: Clicks = { last: { state: 'none' }, press: async () => {} }

export const ClicksContext = createContext<Clicks>(nobody)

export const useClicks = (): Clicks => useContext(ClicksContext)

/** Presses buttons of one card, as whoever looks at it. */
export function useCardClicks(outTrackId: string): Clicks {
  const viewer = useViewer()
  const [last, setLast] = useState<ClickState>({ state: 'none' })
  const press: Clicks['press'] = async (actionIds, params = {}) => {
    setLast({ state: 'pending', actionId: actionIds[0] ?? '' })
    const request: ClickRequest = { userId: viewer?.userId ?? '', outTrackId, actionIds, params }
    const result = await post('/_sim/clicks', request)
    setLast(result.ok ? answerIn(result.value) : { state: 'refused', reason: result.reason })
  }
  return { last, press }
}

const outcomes: readonly ClickAnswer['outcome'][] = ['answered', 'late', 'failed', 'undelivered', 'closed', 'silent']

function answerIn(value: unknown): ClickState {
  const state = outcomes.find(one => one === textIn(value, 'outcome'))
  if (state === undefined) return { state: 'refused', reason: '' }
  const [latency, code] = [numberIn(value, 'latency'), numberIn(value, 'code')]
  return { state, ...(latency !== undefined && { latency }), ...(code !== undefined && { code }) }
}
