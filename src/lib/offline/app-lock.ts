/** The lock that all who write share, and that a page takes alone when it goes on to another version of the app. */
export const APP_LOCK = 'tackboard-app';
