import { addDays } from '../../../src/lib/model/calendar';

/** The newest day of CHANGES_FILE, a Tuesday. */
const LAST_DAY = '2026-06-30';

const HEADER = 'timestamp,event,pin_id,user_id,device,count,pin_title,board,link';
const LAMP = 'Oak lamp,Light,https://shop.example/lamp';

/**
 * Ninety days of one Pin that is seen 100 times a day on mobile and saved 10 times, on desktop half as often. In the last
 * 30 days it is seen 110 times; another Pin, of which nothing was there before, is seen 300 times on 23 June alone. A third
 * was seen 40 times, and 4 times saved, on 20 May.
 */
export const CHANGES_FILE = [
	HEADER,
	...Array.from({ length: 90 }, (_, i) => {
		const day = addDays(LAST_DAY, i - 89);
		return [
			`${day},impression,lamp,ann,mobile,${i < 60 ? 100 : 110},${LAMP}`,
			`${day},save,lamp,ann,mobile,10,${LAMP}`,
			`${day},impression,lamp,bo,desktop,50,${LAMP}`,
			`${day},save,lamp,bo,desktop,5,${LAMP}`
		];
	}).flat(),
	'2026-06-23,impression,sign,cy,mobile,300,Walnut sign,Signs,https://shop.example/sign',
	'2026-05-20,impression,rug,di,desktop,40,Rug,Floors,',
	'2026-05-20,save,rug,di,desktop,4,Rug,Floors,',
	''
].join('\n');
