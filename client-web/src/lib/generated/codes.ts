// Generated from schemas/codes.json by `npm run generate`.
/** Rejections after which the client keeps the command and tries again. */
export const temporaryCodes: ReadonlySet<string> = new Set(["too_fast","read_only","busy","join_too_many_attempts","internal","slow_mode"]);
/** Close codes after which coming back is of no use. */
export const finalCloseCodes: ReadonlySet<number> = new Set([1003,1007,1009,4501,4502]);
