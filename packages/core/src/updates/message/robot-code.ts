/**
 * Returns a robot code, or `undefined` for `normal`, which custom robots of a group send instead (shockerli/go-robot)
 * and no API accepts.
 */
export function knownRobotCode(code: string | undefined): string | undefined {
  return code?.trim().toLowerCase() === 'normal' ? undefined : code
}
