-- What events say of Pins, in a table of its own beside them (PUBLIC_CLICKHOUSE_PINS=events_pins): with it no question
-- about 30 days reads the titles of years. Each way in which a Pin was ever described is kept once, with its newest time.
-- For every server of the cluster. Events that are stored already: see the last statement.
CREATE TABLE IF NOT EXISTS tackboard.events_pins_local
(
	pin_id String,
	pin_title String,
	board String,
	link String,
	image_url String,
	created_at String,
	format Enum8('standard' = 0, 'video' = 1, 'carousel' = 2, 'idea' = 3, 'product' = 4, 'collections' = 5),
	time_ms UInt64
)
ENGINE = ReplacingMergeTree(time_ms)
ORDER BY (pin_id, pin_title, board, link, image_url, created_at, format);

CREATE TABLE IF NOT EXISTS tackboard.events_pins AS tackboard.events_pins_local
ENGINE = Distributed(tackboard, tackboard, events_pins_local);

CREATE MATERIALIZED VIEW IF NOT EXISTS tackboard.events_pins_from_events TO tackboard.events_pins_local AS
SELECT pin_id, pin_title, board, link, image_url, created_at, format,
	max(toUInt64(toUnixTimestamp(timestamp)) * 1000 + timestamp_ms) AS time_ms
FROM tackboard.events_local
GROUP BY pin_id, pin_title, board, link, image_url, created_at, format;

INSERT INTO tackboard.events_pins_local
SELECT pin_id, pin_title, board, link, image_url, created_at, format,
	max(toUInt64(toUnixTimestamp(timestamp)) * 1000 + timestamp_ms) AS time_ms
FROM tackboard.events_local
GROUP BY pin_id, pin_title, board, link, image_url, created_at, format;
