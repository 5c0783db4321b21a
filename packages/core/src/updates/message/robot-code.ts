/**
 * The code of a robot, where it is one: custom robots of a group say `normal` in place of it (shockerli/go-robot), which no
 * API knows.
 */
export function knownRobotCode(code: string | undefined): string | undefined {
  return code?.trim().toLowerCase() === 'normal' ? undefined : code
}
