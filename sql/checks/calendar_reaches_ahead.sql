-- Promise: The calendar goes on for two years at least.
-- Severity: fail
-- Action: Articles of later days could not be stored. Run newshouse db upgrade, which extends it.
-- Reads: summary
SELECT max(day) AS last_day
FROM core.calendar
HAVING coalesce(max(day), '-infinity') < current_date + 730;
