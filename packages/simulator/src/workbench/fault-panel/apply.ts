import type { Faults } from '../../faults/faults.ts'
import type { Switches } from '../../options/switches.ts'
import type { FaultRequest, SwitchValues } from './protocol.ts'
import type { FaultPanelDeps } from './state.ts'

/** Does what the fault panel asks for. */
export function applyRequest({ parts, faults }: FaultPanelDeps, request: FaultRequest): void {
  const { armed, permissions, quota, throttle, switches, time } = parts
  switch (request.kind) {
    case 'disarm':
      armed[request.family].disarm(request.id)
      break
    case 'clear':
      faults.clear()
      break
    case 'strike':
      strike(faults, request)
      break
    case 'advance':
      time.advance(request.ms)
      break
    case 'permission':
      permissions[request.granted ? 'grant' : 'revoke'](request.scope)
      break
    case 'quota': {
      const { used, limit } = request
      const meter = quota[request.meter]
      if (used !== undefined) meter.used = used
      if (limit !== undefined) meter.limit = limit ?? Number.POSITIVE_INFINITY
      break
    }
    case 'throttle':
      throttle.limit(request.perSecond ?? Number.POSITIVE_INFINITY, request.path)
      break
    case 'release':
      throttle.release(request.path)
      break
    case 'switches':
      Object.assign(switches, fromWire(request.values))
      break
    default:
      arm(faults, request)
  }
}

type Arm = Extract<FaultRequest, { kind: 'api' | 'push' | 'flowControl' | 'gateway' | 'handshake' | 'drop' }>

function arm(faults: Faults, request: Arm): void {
  switch (request.kind) {
    case 'api':
      faults.api(request)
      break
    case 'push':
      faults.push(request)
      break
    case 'flowControl': {
      const { nick, ...strikes } = request
      faults.flowControl({ ...strikes, ...(nick !== undefined && { user: { nick } }) })
      break
    }
    case 'gateway':
      faults.gateway.answer(request)
      break
    case 'handshake':
      faults.handshake(request)
      break
    case 'drop':
      faults.acceptThenDrop(request)
      break
  }
}

function strike(faults: Faults, { strike, connectionId, code, ...leave }: Extract<FaultRequest, { kind: 'strike' }>) {
  const victim = connectionId === undefined ? {} : { connectionId }
  switch (strike) {
    case 'garbage':
      return faults.garbage('{"specVersion":"1.0","ty', victim)
    case 'drop':
      return faults.drop({ ...victim, ...(code !== undefined && { code }) })
    case 'disconnect':
      return faults.disconnect({ ...victim, ...leave })
    default:
      return faults[strike](victim)
  }
}

function fromWire(values: Partial<SwitchValues>): Partial<Switches> {
  const entries = Object.entries(values).map(([name, value]) => [name, value ?? Number.POSITIVE_INFINITY])
  return Object.fromEntries(entries)
}
