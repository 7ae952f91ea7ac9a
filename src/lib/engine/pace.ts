/**
 * Called between steps of a scan: lets other messages in from time to time, and throws AbortError where the query
 * is no longer wanted.
 */
export type Pace = () => Promise<void> | void;
