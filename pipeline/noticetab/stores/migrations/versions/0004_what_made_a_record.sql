-- For SQLite and DuckDB, which change no CHECK of a table that is there: two tables made anew.
-- {json}, {timestamp} and {float} are the database's own names of these types; DuckDB gets no FOREIGN KEY.

CREATE TEMPORARY TABLE old_sources AS SELECT * FROM sources;
CREATE TEMPORARY TABLE old_versions AS SELECT * FROM versions;
DROP TABLE versions;
DROP TABLE sources;

CREATE TABLE sources (
  source_id TEXT NOT NULL,
  notice_id TEXT NOT NULL,
  path TEXT,
  sha256 TEXT NOT NULL,
  media_type TEXT NOT NULL,
  encoding TEXT,
  pages INTEGER,
  chars INTEGER NOT NULL,
  is_current BOOLEAN NOT NULL,
  reading TEXT NOT NULL,
  program TEXT,
  rules_hash TEXT,
  run_id TEXT,
  read_at {timestamp},
  part INTEGER DEFAULT 1 NOT NULL,
  contract_version INTEGER,
  CONSTRAINT pk_sources PRIMARY KEY (source_id),
  CONSTRAINT ck_sources_pages CHECK (pages >= 0),
  CONSTRAINT ck_sources_chars CHECK (chars >= 0),
  CONSTRAINT ck_sources_reading CHECK (reading IN ('first', 'duplicate', 'changed', 'completed', 'superseded', 'program', 'rebuilt')),
  CONSTRAINT fk_sources_notice_id FOREIGN KEY(notice_id) REFERENCES notices (notice_id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_sources_run_id FOREIGN KEY(run_id) REFERENCES runs (run_id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO sources (source_id, notice_id, path, sha256, media_type, encoding, pages, chars, is_current, reading, program, rules_hash, run_id, read_at, contract_version)
  SELECT source_id, notice_id, path, sha256, media_type, encoding, pages, chars, is_current, CASE reading WHEN 'rebuilt' THEN 'program' ELSE reading END, 'noticetab ' || program_version, rules_version, run_id, read_at, 1 FROM old_sources;
CREATE INDEX ix_sources_notice_id ON sources (notice_id);
CREATE INDEX ix_sources_path ON sources (path);
CREATE INDEX ix_sources_sha256 ON sources (sha256);

CREATE TABLE versions (
  version_id TEXT NOT NULL,
  notice_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  is_current BOOLEAN NOT NULL,
  reason TEXT NOT NULL,
  valid_from {timestamp} NOT NULL,
  valid_to {timestamp},
  issued_on DATE,
  facts_hash TEXT NOT NULL,
  source_id TEXT,
  program TEXT,
  rules_hash TEXT,
  record TEXT NOT NULL,
  CONSTRAINT pk_versions PRIMARY KEY (version_id),
  CONSTRAINT ck_versions_version CHECK (version >= 1),
  CONSTRAINT ck_versions_reason CHECK (reason IN ('first', 'changed', 'completed', 'superseded', 'program', 'rebuilt')),
  CONSTRAINT ck_versions_valid_to CHECK (valid_to IS NULL OR valid_to >= valid_from),
  CONSTRAINT uq_versions_notice_id_version UNIQUE (notice_id, version),
  CONSTRAINT fk_versions_notice_id FOREIGN KEY(notice_id) REFERENCES notices (notice_id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_versions_source_id FOREIGN KEY(source_id) REFERENCES sources (source_id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO versions (version_id, notice_id, version, is_current, reason, valid_from, valid_to, issued_on, facts_hash, source_id, program, rules_hash, record)
  SELECT version_id, notice_id, version, is_current, CASE reason WHEN 'rebuilt' THEN 'program' ELSE reason END, valid_from, valid_to, issued_on, facts_hash, source_id, 'noticetab ' || program_version, rules_version, record FROM old_versions;
CREATE INDEX ix_versions_source_id ON versions (source_id);

DROP TABLE old_sources;
DROP TABLE old_versions;
