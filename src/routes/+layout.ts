// Every page is prerendered to plain files and is run by the browser from there on.
export const prerender = true;
export const ssr = true;
export const trailingSlash = 'always';
