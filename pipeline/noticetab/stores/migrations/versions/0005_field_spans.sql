-- {json} is the database's own name of the type; DuckDB gets no FOREIGN KEY.

CREATE TABLE field_spans (
  table_name TEXT NOT NULL,
  row_id TEXT NOT NULL,
  field TEXT NOT NULL,
  number INTEGER NOT NULL,
  piece INTEGER NOT NULL,
  notice_id TEXT NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  page INTEGER,
  bbox {json},
  CONSTRAINT pk_field_spans PRIMARY KEY (table_name, row_id, field, number, piece),
  CONSTRAINT ck_field_spans_number CHECK (number >= 1),
  CONSTRAINT ck_field_spans_piece CHECK (piece >= 1),
  CONSTRAINT ck_field_spans_start_char CHECK (start_char >= 0),
  CONSTRAINT ck_field_spans_end_char CHECK (end_char >= start_char),
  CONSTRAINT ck_field_spans_page CHECK (page >= 1),
  CONSTRAINT fk_field_spans_notice_id FOREIGN KEY(notice_id) REFERENCES notices (notice_id) DEFERRABLE INITIALLY DEFERRED
);
