import type { ApiCall } from '../api-call.ts'

/** Where cards are made (POST) and changed (PUT) (interactive-card-update-interface). */
export const INSTANCES = '/v1.0/card/instances'

/** The call that changes a card. */
export function updateCall(body: object): ApiCall {
  return { method: 'PUT', path: INSTANCES, body }
}

/** Whether a call changes a card, whoever makes it. */
export function isUpdateCall({ method, path }: ApiCall): boolean {
  return method === 'PUT' && path === INSTANCES
}
