-- Question: Which countries are there, under which codes and names?
-- Grain: one row per country or territory of ISO 3166-1, and the member 'none'.
-- Scope: all countries, mentioned or not; 'none' stands for the articles that mention none.
-- Limits: rows come in no order. The names are for display; the words that mentions are found by are another list.
CREATE VIEW mart.countries AS
SELECT
    country.country_code,
    country.alpha3,
    country.numeric_code,
    country.name_en AS country_name_en,
    country.name_ru AS country_name_ru,
    country.name_local AS country_name_local,
    country.region,
    country.subregion
FROM core.country AS country
UNION ALL
SELECT
    'none',
    NULL,
    NULL,
    'no country',
    'без страны',
    'no country',
    NULL,
    NULL;

COMMENT ON COLUMN mart.countries.country_code IS 'ISO 3166-1 alpha-2 code; none for the member that stands for no country';
COMMENT ON COLUMN mart.countries.alpha3 IS 'ISO 3166-1 alpha-3 code; NULL for none';
COMMENT ON COLUMN mart.countries.numeric_code IS 'ISO 3166-1 numeric code, three digits; NULL for none and for user-assigned codes';
COMMENT ON COLUMN mart.countries.country_name_en IS 'English name';
COMMENT ON COLUMN mart.countries.country_name_ru IS 'Russian name';
COMMENT ON COLUMN mart.countries.country_name_local IS 'Name in the main local language';
COMMENT ON COLUMN mart.countries.region IS 'Region by UN M49; NULL where it has none';
COMMENT ON COLUMN mart.countries.subregion IS 'Subregion by UN M49; NULL where it has none';
