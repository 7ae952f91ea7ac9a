/** In place of a workspace's key in the write lock: held while a backup is being made a workspace. */
export const RESTORE = 'restoring a backup';
