import { addDays } from '../../../src/lib/model/calendar';

const DAYS = 365;
const PINS = 50;
const DEVICES = ['mobile', 'desktop', 'tablet'];

/** Events of a year: every day some Pin's, of fifty, on any device. */
export function yearOfPins(): string {
	const rows = ['timestamp,event,pin_id,user_id,device,count,pin_title,board,link'];
	for (let day = 0; day < DAYS; day++)
		for (let n = 0; n < 3; n++) {
			const pin = (day * 3 + n * 7) % PINS;
			const event = n === 2 ? 'save' : 'impression';
			const about = `Pin number ${pin},Board ${pin % 9},https://shop.example/${pin}`;
			const time = `${addDays('2025-07-01', day)}T1${n}:00:00Z`;
			rows.push(
				`${time},${event},${pin},u${(day + n) % 40},${DEVICES[(day + n) % 3]},${1 + ((day * 7) % 50)},${about}`
			);
		}
	return rows.join('\n');
}
