// Every page is prerendered to plain files and lives in the browser from there on.
export const prerender = true;
export const ssr = true;
export const trailingSlash = 'always';
