/**
 * Thirty events of three Pins, small enough to count by hand. In the 30 days to 30 June 2026: 16 impressions
 * (mobile 11, desktop 5), 3 saves, 2 closeups, 2 link clicks, 4 people of whom 3 engaged; in May 7 impressions.
 */
export const SMALL_FILE = [
	'timestamp,event,pin_id,user_id,content_type,source,device,account,format,count,pin_title,board,link',
	'2026-06-30T10:00:00Z,impression,101,ann,organic,own,mobile,shop.example,standard,6,"Lamp, <b>oak</b>",Light,https://shop.example/lamp',
	'2026-06-29T10:00:00Z,impression,102,bo,organic,own,desktop,shop.example,video,5,Apron,,javascript:alert(1)',
	'2026-06-28T10:00:00Z,impression,103,cy,paid,other,mobile,"Smith, Sons",carousel,5,,Light,',
	'2026-06-28T11:00:00Z,save,102,bo,organic,own,desktop,shop.example,video,3,,,',
	'2026-06-28T12:00:00Z,closeup,101,ann,organic,own,mobile,shop.example,standard,2,,,',
	'2026-06-01T00:00:00Z,link_click,103,di,paid,other,mobile,"Smith, Sons",carousel,2,,,',
	'2026-05-15T10:00:00Z,impression,101,ann,organic,own,mobile,shop.example,standard,7,,,',
	''
].join('\n');
