export interface SimulatorEnvironment {
  readonly DINGTALK_CLIENT_ID: string
  readonly DINGTALK_CLIENT_SECRET: string
  readonly DINGTALK_OPENAPI_ENDPOINT: string
  readonly DINGTALK_OAPI_ENDPOINT: string
}

/** Environment variables that make a bot one of the simulator at `url`. */
export function environmentOf(
  { clientId, clientSecret }: { readonly clientId: string; readonly clientSecret: string },
  url: string,
): SimulatorEnvironment {
  return {
    DINGTALK_CLIENT_ID: clientId,
    DINGTALK_CLIENT_SECRET: clientSecret,
    DINGTALK_OPENAPI_ENDPOINT: url,
    DINGTALK_OAPI_ENDPOINT: url,
  }
}
