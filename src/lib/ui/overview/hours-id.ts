/** Where on the page the hours of the week are drawn. */
export const HOURS_ID = 'hours';
