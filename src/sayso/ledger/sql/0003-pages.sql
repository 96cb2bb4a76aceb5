-- 0003: indexes that answer the pages: lists in the order of publication, and counts by kind, by
-- speaker, by outlet, without reading the rows themselves.

CREATE INDEX report_oldest ON report (published_lo IS NULL, published_lo, report_id);
CREATE INDEX report_newest ON report (published_lo IS NULL, published_lo DESC, report_id);
CREATE INDEX statement_facet ON statement (report_id, kind, stance, parent_id);
CREATE INDEX statement_speaker_report ON statement_speaker (report_id, name_key, statement_id);
CREATE INDEX figure_facet ON figure (report_id, measure, bound, statement_id);
