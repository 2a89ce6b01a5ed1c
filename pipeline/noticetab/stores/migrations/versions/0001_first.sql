-- Schema version 0001, as it was. Never changed: a change is a new migration.
-- {json}, {timestamp} and {float} are the database's own names of these types; DuckDB gets no FOREIGN KEY.

CREATE TABLE notices (
  notice_id TEXT NOT NULL,
  is_notice BOOLEAN NOT NULL,
  doc_type TEXT,
  title TEXT,
  doc_number TEXT,
  doc_number_agency TEXT,
  doc_number_year INTEGER,
  doc_number_serial INTEGER,
  header_mark TEXT,
  issuers {json} NOT NULL,
  addressees {json} NOT NULL,
  cc {json} NOT NULL,
  issued_on DATE,
  published_at {timestamp},
  printed_by TEXT,
  printed_on DATE,
  classification TEXT,
  urgency TEXT,
  signer TEXT,
  copy_number TEXT,
  annotation TEXT,
  region TEXT,
  region_adcode TEXT,
  evidence {json} NOT NULL,
  rule {json} NOT NULL,
  confidence {float} NOT NULL,
  CONSTRAINT pk_notices PRIMARY KEY (notice_id),
  CONSTRAINT ck_notices_region_adcode CHECK (length(region_adcode) = 6),
  CONSTRAINT ck_notices_confidence CHECK (confidence >= 0 AND confidence <= 1)
);
CREATE INDEX ix_notices_doc_number ON notices (doc_number);
CREATE INDEX ix_notices_issued_on ON notices (issued_on);
CREATE INDEX ix_notices_region_adcode ON notices (region_adcode);

CREATE TABLE organizations (
  org_id TEXT NOT NULL,
  name TEXT NOT NULL,
  org_kind {json} NOT NULL,
  region_adcode TEXT,
  CONSTRAINT pk_organizations PRIMARY KEY (org_id),
  CONSTRAINT ck_organizations_region_adcode CHECK (length(region_adcode) = 6)
);
CREATE INDEX ix_organizations_name ON organizations (name);
CREATE INDEX ix_organizations_region_adcode ON organizations (region_adcode);

CREATE TABLE runs (
  run_id TEXT NOT NULL,
  status TEXT NOT NULL,
  started_at {timestamp} NOT NULL,
  ended_at {timestamp},
  seconds {float},
  program_version TEXT NOT NULL,
  rules_version TEXT NOT NULL,
  schema_version TEXT NOT NULL,
  arguments {json} NOT NULL,
  host TEXT NOT NULL,
  process INTEGER NOT NULL,
  files INTEGER NOT NULL,
  new_count INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  duplicates INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  failures {json} NOT NULL,
  CONSTRAINT pk_runs PRIMARY KEY (run_id),
  CONSTRAINT ck_runs_status CHECK (status IN ('running', 'finished', 'failed', 'interrupted'))
);
CREATE INDEX ix_runs_started_at ON runs (started_at);

CREATE TABLE attachments (
  attachment_id TEXT NOT NULL,
  notice_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  number INTEGER,
  title TEXT NOT NULL,
  embedded BOOLEAN NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  page INTEGER,
  x0 {float},
  top {float},
  x1 {float},
  bottom {float},
  rule TEXT NOT NULL,
  confidence {float} NOT NULL,
  CONSTRAINT pk_attachments PRIMARY KEY (attachment_id),
  CONSTRAINT ck_attachments_position CHECK (position >= 1),
  CONSTRAINT ck_attachments_start_char CHECK (start_char >= 0),
  CONSTRAINT ck_attachments_end_char CHECK (end_char >= start_char),
  CONSTRAINT ck_attachments_page CHECK (page >= 1),
  CONSTRAINT ck_attachments_confidence CHECK (confidence >= 0 AND confidence <= 1),
  CONSTRAINT fk_attachments_notice_id FOREIGN KEY(notice_id) REFERENCES notices (notice_id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_attachments_notice_id ON attachments (notice_id);

CREATE TABLE cited_documents (
  reference_id TEXT NOT NULL,
  notice_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  doc_number TEXT,
  kind TEXT,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  page INTEGER,
  x0 {float},
  top {float},
  x1 {float},
  bottom {float},
  rule TEXT NOT NULL,
  confidence {float} NOT NULL,
  CONSTRAINT pk_cited_documents PRIMARY KEY (reference_id),
  CONSTRAINT ck_cited_documents_position CHECK (position >= 1),
  CONSTRAINT ck_cited_documents_start_char CHECK (start_char >= 0),
  CONSTRAINT ck_cited_documents_end_char CHECK (end_char >= start_char),
  CONSTRAINT ck_cited_documents_page CHECK (page >= 1),
  CONSTRAINT ck_cited_documents_confidence CHECK (confidence >= 0 AND confidence <= 1),
  CONSTRAINT fk_cited_documents_notice_id FOREIGN KEY(notice_id) REFERENCES notices (notice_id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_cited_documents_doc_number ON cited_documents (doc_number);
CREATE INDEX ix_cited_documents_notice_id ON cited_documents (notice_id);

CREATE TABLE contacts (
  contact_id TEXT NOT NULL,
  notice_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  unit TEXT,
  persons {json} NOT NULL,
  phones {json} NOT NULL,
  fax {json} NOT NULL,
  emails {json} NOT NULL,
  address TEXT,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  page INTEGER,
  x0 {float},
  top {float},
  x1 {float},
  bottom {float},
  rule TEXT NOT NULL,
  confidence {float} NOT NULL,
  CONSTRAINT pk_contacts PRIMARY KEY (contact_id),
  CONSTRAINT ck_contacts_position CHECK (position >= 1),
  CONSTRAINT ck_contacts_start_char CHECK (start_char >= 0),
  CONSTRAINT ck_contacts_end_char CHECK (end_char >= start_char),
  CONSTRAINT ck_contacts_page CHECK (page >= 1),
  CONSTRAINT ck_contacts_confidence CHECK (confidence >= 0 AND confidence <= 1),
  CONSTRAINT fk_contacts_notice_id FOREIGN KEY(notice_id) REFERENCES notices (notice_id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_contacts_notice_id ON contacts (notice_id);

CREATE TABLE dates (
  date_id TEXT NOT NULL,
  notice_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  role TEXT NOT NULL,
  starts_on DATE,
  ends_on DATE,
  start_time TEXT,
  end_time TEXT,
  precision TEXT NOT NULL,
  raw TEXT NOT NULL,
  inferred {json} NOT NULL,
  open_end BOOLEAN NOT NULL,
  open_start BOOLEAN NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  page INTEGER,
  x0 {float},
  top {float},
  x1 {float},
  bottom {float},
  rule TEXT NOT NULL,
  confidence {float} NOT NULL,
  CONSTRAINT pk_dates PRIMARY KEY (date_id),
  CONSTRAINT ck_dates_position CHECK (position >= 1),
  CONSTRAINT ck_dates_start_time CHECK (length(start_time) = 5 AND substr(start_time, 3, 1) = ':'),
  CONSTRAINT ck_dates_end_time CHECK (length(end_time) = 5 AND substr(end_time, 3, 1) = ':'),
  CONSTRAINT ck_dates_precision CHECK (precision IN ('day', 'xun', 'month', 'year')),
  CONSTRAINT ck_dates_start_char CHECK (start_char >= 0),
  CONSTRAINT ck_dates_end_char CHECK (end_char >= start_char),
  CONSTRAINT ck_dates_page CHECK (page >= 1),
  CONSTRAINT ck_dates_confidence CHECK (confidence >= 0 AND confidence <= 1),
  CONSTRAINT fk_dates_notice_id FOREIGN KEY(notice_id) REFERENCES notices (notice_id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_dates_notice_id ON dates (notice_id);
CREATE INDEX ix_dates_starts_on ON dates (starts_on);

CREATE TABLE deadlines (
  deadline_id TEXT NOT NULL,
  notice_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  due_on DATE NOT NULL,
  due_time TEXT,
  who TEXT,
  what TEXT,
  channel TEXT,
  raw TEXT NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  page INTEGER,
  x0 {float},
  top {float},
  x1 {float},
  bottom {float},
  rule TEXT NOT NULL,
  confidence {float} NOT NULL,
  CONSTRAINT pk_deadlines PRIMARY KEY (deadline_id),
  CONSTRAINT ck_deadlines_position CHECK (position >= 1),
  CONSTRAINT ck_deadlines_due_time CHECK (length(due_time) = 5 AND substr(due_time, 3, 1) = ':'),
  CONSTRAINT ck_deadlines_start_char CHECK (start_char >= 0),
  CONSTRAINT ck_deadlines_end_char CHECK (end_char >= start_char),
  CONSTRAINT ck_deadlines_page CHECK (page >= 1),
  CONSTRAINT ck_deadlines_confidence CHECK (confidence >= 0 AND confidence <= 1),
  CONSTRAINT fk_deadlines_notice_id FOREIGN KEY(notice_id) REFERENCES notices (notice_id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_deadlines_due_on ON deadlines (due_on);
CREATE INDEX ix_deadlines_notice_id ON deadlines (notice_id);

CREATE TABLE events (
  event_id TEXT NOT NULL,
  notice_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  series TEXT,
  edition INTEGER,
  year INTEGER,
  starts_on DATE,
  ends_on DATE,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  page INTEGER,
  x0 {float},
  top {float},
  x1 {float},
  bottom {float},
  rule TEXT NOT NULL,
  confidence {float} NOT NULL,
  CONSTRAINT pk_events PRIMARY KEY (event_id),
  CONSTRAINT ck_events_position CHECK (position >= 1),
  CONSTRAINT ck_events_start_char CHECK (start_char >= 0),
  CONSTRAINT ck_events_end_char CHECK (end_char >= start_char),
  CONSTRAINT ck_events_page CHECK (page >= 1),
  CONSTRAINT ck_events_confidence CHECK (confidence >= 0 AND confidence <= 1),
  CONSTRAINT fk_events_notice_id FOREIGN KEY(notice_id) REFERENCES notices (notice_id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_events_notice_id ON events (notice_id);
CREATE INDEX ix_events_series ON events (series);
CREATE INDEX ix_events_starts_on ON events (starts_on);

CREATE TABLE failures (
  failure_id TEXT NOT NULL,
  path TEXT NOT NULL,
  kind TEXT NOT NULL,
  error TEXT NOT NULL,
  traceback TEXT,
  run_id TEXT,
  failed_at {timestamp},
  CONSTRAINT pk_failures PRIMARY KEY (failure_id),
  CONSTRAINT fk_failures_run_id FOREIGN KEY(run_id) REFERENCES runs (run_id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE findings (
  finding_id TEXT NOT NULL,
  notice_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  code TEXT NOT NULL,
  severity TEXT NOT NULL,
  message TEXT NOT NULL,
  message_en TEXT NOT NULL,
  related {json} NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  page INTEGER,
  x0 {float},
  top {float},
  x1 {float},
  bottom {float},
  rule TEXT NOT NULL,
  confidence {float} NOT NULL,
  CONSTRAINT pk_findings PRIMARY KEY (finding_id),
  CONSTRAINT ck_findings_position CHECK (position >= 1),
  CONSTRAINT ck_findings_severity CHECK (severity IN ('error', 'warning', 'info')),
  CONSTRAINT ck_findings_start_char CHECK (start_char >= 0),
  CONSTRAINT ck_findings_end_char CHECK (end_char >= start_char),
  CONSTRAINT ck_findings_page CHECK (page >= 1),
  CONSTRAINT ck_findings_confidence CHECK (confidence >= 0 AND confidence <= 1),
  CONSTRAINT fk_findings_notice_id FOREIGN KEY(notice_id) REFERENCES notices (notice_id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_findings_code ON findings (code);
CREATE INDEX ix_findings_notice_id ON findings (notice_id);

CREATE TABLE notice_keys (
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  notice_id TEXT NOT NULL,
  CONSTRAINT pk_notice_keys PRIMARY KEY (kind, value),
  CONSTRAINT ck_notice_keys_kind CHECK (kind IN ('full', 'number', 'signed_number', 'body', 'occasion')),
  CONSTRAINT fk_notice_keys_notice_id FOREIGN KEY(notice_id) REFERENCES notices (notice_id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_notice_keys_notice_id ON notice_keys (notice_id);

CREATE TABLE people (
  person_id TEXT NOT NULL,
  notice_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  role TEXT NOT NULL,
  name TEXT NOT NULL,
  title TEXT,
  body TEXT,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  page INTEGER,
  x0 {float},
  top {float},
  x1 {float},
  bottom {float},
  rule TEXT NOT NULL,
  confidence {float} NOT NULL,
  CONSTRAINT pk_people PRIMARY KEY (person_id),
  CONSTRAINT ck_people_position CHECK (position >= 1),
  CONSTRAINT ck_people_start_char CHECK (start_char >= 0),
  CONSTRAINT ck_people_end_char CHECK (end_char >= start_char),
  CONSTRAINT ck_people_page CHECK (page >= 1),
  CONSTRAINT ck_people_confidence CHECK (confidence >= 0 AND confidence <= 1),
  CONSTRAINT fk_people_notice_id FOREIGN KEY(notice_id) REFERENCES notices (notice_id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_people_notice_id ON people (notice_id);

CREATE TABLE quotas (
  quota_id TEXT NOT NULL,
  notice_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  who TEXT,
  what TEXT NOT NULL,
  min_count INTEGER,
  max_count INTEGER,
  unit TEXT,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  page INTEGER,
  x0 {float},
  top {float},
  x1 {float},
  bottom {float},
  rule TEXT NOT NULL,
  confidence {float} NOT NULL,
  CONSTRAINT pk_quotas PRIMARY KEY (quota_id),
  CONSTRAINT ck_quotas_position CHECK (position >= 1),
  CONSTRAINT ck_quotas_start_char CHECK (start_char >= 0),
  CONSTRAINT ck_quotas_end_char CHECK (end_char >= start_char),
  CONSTRAINT ck_quotas_page CHECK (page >= 1),
  CONSTRAINT ck_quotas_confidence CHECK (confidence >= 0 AND confidence <= 1),
  CONSTRAINT fk_quotas_notice_id FOREIGN KEY(notice_id) REFERENCES notices (notice_id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_quotas_notice_id ON quotas (notice_id);

CREATE TABLE sections (
  section_id TEXT NOT NULL,
  notice_id TEXT NOT NULL,
  parent_id TEXT,
  position INTEGER NOT NULL,
  level INTEGER NOT NULL,
  marker TEXT,
  number INTEGER,
  heading TEXT NOT NULL,
  declared_count INTEGER,
  parent TEXT,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  page INTEGER,
  x0 {float},
  top {float},
  x1 {float},
  bottom {float},
  rule TEXT NOT NULL,
  confidence {float} NOT NULL,
  CONSTRAINT pk_sections PRIMARY KEY (section_id),
  CONSTRAINT ck_sections_position CHECK (position >= 1),
  CONSTRAINT ck_sections_start_char CHECK (start_char >= 0),
  CONSTRAINT ck_sections_end_char CHECK (end_char >= start_char),
  CONSTRAINT ck_sections_page CHECK (page >= 1),
  CONSTRAINT ck_sections_confidence CHECK (confidence >= 0 AND confidence <= 1),
  CONSTRAINT fk_sections_notice_id FOREIGN KEY(notice_id) REFERENCES notices (notice_id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_sections_parent_id FOREIGN KEY(parent_id) REFERENCES sections (section_id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_sections_notice_id ON sections (notice_id);
CREATE INDEX ix_sections_parent_id ON sections (parent_id);

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
  program_version TEXT,
  rules_version TEXT,
  run_id TEXT,
  read_at {timestamp},
  CONSTRAINT pk_sources PRIMARY KEY (source_id),
  CONSTRAINT ck_sources_pages CHECK (pages >= 0),
  CONSTRAINT ck_sources_chars CHECK (chars >= 0),
  CONSTRAINT ck_sources_reading CHECK (reading IN ('first', 'duplicate', 'changed', 'completed', 'superseded', 'rebuilt')),
  CONSTRAINT fk_sources_notice_id FOREIGN KEY(notice_id) REFERENCES notices (notice_id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_sources_run_id FOREIGN KEY(run_id) REFERENCES runs (run_id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_sources_notice_id ON sources (notice_id);
CREATE INDEX ix_sources_path ON sources (path);
CREATE INDEX ix_sources_sha256 ON sources (sha256);

CREATE TABLE themes (
  theme_id TEXT NOT NULL,
  notice_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  role TEXT NOT NULL,
  text TEXT NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  page INTEGER,
  x0 {float},
  top {float},
  x1 {float},
  bottom {float},
  rule TEXT NOT NULL,
  confidence {float} NOT NULL,
  CONSTRAINT pk_themes PRIMARY KEY (theme_id),
  CONSTRAINT ck_themes_position CHECK (position >= 1),
  CONSTRAINT ck_themes_role CHECK (role IN ('主题', '副主题', '系列')),
  CONSTRAINT ck_themes_start_char CHECK (start_char >= 0),
  CONSTRAINT ck_themes_end_char CHECK (end_char >= start_char),
  CONSTRAINT ck_themes_page CHECK (page >= 1),
  CONSTRAINT ck_themes_confidence CHECK (confidence >= 0 AND confidence <= 1),
  CONSTRAINT fk_themes_notice_id FOREIGN KEY(notice_id) REFERENCES notices (notice_id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_themes_notice_id ON themes (notice_id);

CREATE TABLE activities (
  activity_id TEXT NOT NULL,
  notice_id TEXT NOT NULL,
  section_id TEXT,
  parent_id TEXT,
  position INTEGER NOT NULL,
  section TEXT,
  number INTEGER,
  name TEXT,
  kind TEXT NOT NULL,
  parent TEXT,
  description TEXT,
  starts_on DATE,
  ends_on DATE,
  start_time TEXT,
  end_time TEXT,
  venues {json} NOT NULL,
  audience {json} NOT NULL,
  forms {json} NOT NULL,
  activity_types {json} NOT NULL,
  topics {json} NOT NULL,
  settings {json} NOT NULL,
  labels {json} NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  page INTEGER,
  x0 {float},
  top {float},
  x1 {float},
  bottom {float},
  rule TEXT NOT NULL,
  confidence {float} NOT NULL,
  CONSTRAINT pk_activities PRIMARY KEY (activity_id),
  CONSTRAINT ck_activities_position CHECK (position >= 1),
  CONSTRAINT ck_activities_kind CHECK (kind IN ('activity', 'group', 'focus')),
  CONSTRAINT ck_activities_start_time CHECK (length(start_time) = 5 AND substr(start_time, 3, 1) = ':'),
  CONSTRAINT ck_activities_end_time CHECK (length(end_time) = 5 AND substr(end_time, 3, 1) = ':'),
  CONSTRAINT ck_activities_start_char CHECK (start_char >= 0),
  CONSTRAINT ck_activities_end_char CHECK (end_char >= start_char),
  CONSTRAINT ck_activities_page CHECK (page >= 1),
  CONSTRAINT ck_activities_confidence CHECK (confidence >= 0 AND confidence <= 1),
  CONSTRAINT fk_activities_notice_id FOREIGN KEY(notice_id) REFERENCES notices (notice_id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_activities_section_id FOREIGN KEY(section_id) REFERENCES sections (section_id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_activities_parent_id FOREIGN KEY(parent_id) REFERENCES activities (activity_id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_activities_kind ON activities (kind);
CREATE INDEX ix_activities_notice_id ON activities (notice_id);
CREATE INDEX ix_activities_parent_id ON activities (parent_id);
CREATE INDEX ix_activities_starts_on ON activities (starts_on);

CREATE TABLE form_fields (
  field_id TEXT NOT NULL,
  notice_id TEXT NOT NULL,
  attachment_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  label TEXT NOT NULL,
  kind TEXT NOT NULL,
  options {json} NOT NULL,
  unit TEXT,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  page INTEGER,
  x0 {float},
  top {float},
  x1 {float},
  bottom {float},
  rule TEXT NOT NULL,
  confidence {float} NOT NULL,
  CONSTRAINT pk_form_fields PRIMARY KEY (field_id),
  CONSTRAINT ck_form_fields_position CHECK (position >= 1),
  CONSTRAINT ck_form_fields_kind CHECK (kind IN ('text', 'choice', 'number')),
  CONSTRAINT ck_form_fields_start_char CHECK (start_char >= 0),
  CONSTRAINT ck_form_fields_end_char CHECK (end_char >= start_char),
  CONSTRAINT ck_form_fields_page CHECK (page >= 1),
  CONSTRAINT ck_form_fields_confidence CHECK (confidence >= 0 AND confidence <= 1),
  CONSTRAINT fk_form_fields_notice_id FOREIGN KEY(notice_id) REFERENCES notices (notice_id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_form_fields_attachment_id FOREIGN KEY(attachment_id) REFERENCES attachments (attachment_id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_form_fields_attachment_id ON form_fields (attachment_id);
CREATE INDEX ix_form_fields_notice_id ON form_fields (notice_id);

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
  program_version TEXT,
  rules_version TEXT,
  record TEXT NOT NULL,
  CONSTRAINT pk_versions PRIMARY KEY (version_id),
  CONSTRAINT ck_versions_version CHECK (version >= 1),
  CONSTRAINT ck_versions_reason CHECK (reason IN ('first', 'changed', 'completed', 'superseded', 'rebuilt')),
  CONSTRAINT ck_versions_valid_to CHECK (valid_to IS NULL OR valid_to >= valid_from),
  CONSTRAINT uq_versions_notice_id_version UNIQUE (notice_id, version),
  CONSTRAINT fk_versions_notice_id FOREIGN KEY(notice_id) REFERENCES notices (notice_id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_versions_source_id FOREIGN KEY(source_id) REFERENCES sources (source_id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_versions_source_id ON versions (source_id);

CREATE TABLE changes (
  change_id TEXT NOT NULL,
  version_id TEXT NOT NULL,
  notice_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  table_name TEXT NOT NULL,
  row_id TEXT NOT NULL,
  row_label TEXT,
  field TEXT,
  kind TEXT NOT NULL,
  old_value TEXT,
  new_value TEXT,
  CONSTRAINT pk_changes PRIMARY KEY (change_id),
  CONSTRAINT ck_changes_position CHECK (position >= 1),
  CONSTRAINT ck_changes_kind CHECK (kind IN ('added', 'removed', 'changed')),
  CONSTRAINT fk_changes_version_id FOREIGN KEY(version_id) REFERENCES versions (version_id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_changes_notice_id FOREIGN KEY(notice_id) REFERENCES notices (notice_id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_changes_notice_id ON changes (notice_id);
CREATE INDEX ix_changes_version_id ON changes (version_id);

CREATE TABLE organizers (
  organizer_id TEXT NOT NULL,
  notice_id TEXT NOT NULL,
  activity_id TEXT,
  org_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  role TEXT NOT NULL,
  raw TEXT NOT NULL,
  name TEXT NOT NULL,
  org_kind {json} NOT NULL,
  region_adcode TEXT,
  et_al BOOLEAN NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  page INTEGER,
  x0 {float},
  top {float},
  x1 {float},
  bottom {float},
  rule TEXT NOT NULL,
  confidence {float} NOT NULL,
  CONSTRAINT pk_organizers PRIMARY KEY (organizer_id),
  CONSTRAINT ck_organizers_position CHECK (position >= 1),
  CONSTRAINT ck_organizers_region_adcode CHECK (length(region_adcode) = 6),
  CONSTRAINT ck_organizers_start_char CHECK (start_char >= 0),
  CONSTRAINT ck_organizers_end_char CHECK (end_char >= start_char),
  CONSTRAINT ck_organizers_page CHECK (page >= 1),
  CONSTRAINT ck_organizers_confidence CHECK (confidence >= 0 AND confidence <= 1),
  CONSTRAINT fk_organizers_notice_id FOREIGN KEY(notice_id) REFERENCES notices (notice_id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_organizers_activity_id FOREIGN KEY(activity_id) REFERENCES activities (activity_id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_organizers_org_id FOREIGN KEY(org_id) REFERENCES organizations (org_id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_organizers_activity_id ON organizers (activity_id);
CREATE INDEX ix_organizers_notice_id ON organizers (notice_id);
CREATE INDEX ix_organizers_org_id ON organizers (org_id);
