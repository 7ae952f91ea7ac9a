import { resolve } from '$app/paths';

/** The path of the page at a route, from wherever the site stands. */
export function pathOf(route: string): string {
	return `${resolve('/')}${route === '/' ? '' : `${route.slice(1)}/`}`;
}
