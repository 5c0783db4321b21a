import { useEffect, useState } from 'preact/hooks'
import type { FaultRequest, FaultState } from '../../../src/workbench/fault-panel/protocol.ts'
import { openLive } from '../connection/live.ts'
import { post } from '../request/request.ts'

export interface FaultControls {
  /** Undefined until the simulator has told. */
  readonly state: FaultState | undefined
  /** Why the last request was refused; the empty text when nobody answered. */
  readonly refusal: string | undefined
  /** Resolves to whether it was done. */
  readonly ask: (request: FaultRequest) => Promise<boolean>
}

/** The state of the fault panel, and the function that changes it. */
export function useFaults(): FaultControls {
  const [state, setState] = useState<FaultState | undefined>(undefined)
  const [refusal, setRefusal] = useState<string | undefined>(undefined)
  useEffect(() => {
    const life = new AbortController()
    openLive('/_sim/faults/events', { onEvent: data => setState(JSON.parse(data)), signal: life.signal })
    return () => life.abort()
  }, [])
  const ask = async (request: FaultRequest) => {
    const result = await post('/_sim/faults', request)
    setRefusal(result.ok ? undefined : result.reason)
    return result.ok
  }
  return { state, refusal, ask }
}
