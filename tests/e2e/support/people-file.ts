/**
 * Four weeks of few people, from Monday 1 June 2026. Ann comes every week, on mobile and desktop; bo in the first and the
 * third, on mobile; cy is new in the second and dee in the third, both on desktop; nobody comes in the fourth but ann.
 */
export const PEOPLE_FILE = [
	'timestamp,event,pin_id,user_id,device',
	'2026-06-01,impression,lamp,ann,mobile',
	'2026-06-02,impression,lamp,ann,desktop',
	'2026-06-03,impression,lamp,bo,mobile',
	'2026-06-08,impression,lamp,ann,mobile',
	'2026-06-09,impression,lamp,cy,desktop',
	'2026-06-15,impression,lamp,ann,mobile',
	'2026-06-16,impression,lamp,bo,mobile',
	'2026-06-17,impression,lamp,dee,desktop',
	'2026-06-22,impression,lamp,ann,mobile',
	'2026-06-28,impression,lamp,,mobile',
	''
].join('\n');
