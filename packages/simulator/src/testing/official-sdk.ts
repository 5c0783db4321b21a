import * as oauthSdk from '@alicloud/dingtalk/dist/oauth2_1_0/client.js'
import * as openApi from '@alicloud/openapi-client'
import * as teaUtil from '@alicloud/tea-util'
import type { Simulator } from '../simulator.ts'

// For the clients that DingTalk generates from its own API definitions.

/** A CommonJS default export is one level deeper in Node than in Vitest. */
export function inner<T extends object>(exported: T | { readonly default: T }): T {
  return 'default' in exported ? exported.default : exported
}

export const runtime: teaUtil.RuntimeOptions = new teaUtil.RuntimeOptions({ autoretry: false })

export function configOf(sim: Simulator): openApi.Config {
  return new openApi.Config({ protocol: 'http', endpoint: new URL(sim.url).host, regionId: 'central' })
}

export async function tokenOf(sim: Simulator): Promise<string> {
  const client = new (inner(oauthSdk.default))(configOf(sim))
  const request = new oauthSdk.GetAccessTokenRequest({ appKey: sim.clientId, appSecret: sim.clientSecret })
  const { body } = await client.getAccessToken(request)
  if (body?.expireIn !== 7_200) throw new Error(`A token lives 7,200 s, not ${body?.expireIn}`)
  return body.accessToken ?? ''
}
