-- Imports as the owner sees them, and which events of an archive are in the record already.

CREATE TABLE imports (
    id           {id},
    community_id BIGINT NOT NULL,
    system       TEXT   NOT NULL,            -- 'slack'
    file_name    TEXT   NOT NULL,            -- as it was called where it came from
    stored_as    TEXT   NOT NULL,            -- its name in the data folder; '' = removed when the import was done
    trial        BIGINT NOT NULL,            -- 1: looks only
    state        BIGINT NOT NULL DEFAULT 0,  -- imports::State
    report       TEXT   NOT NULL DEFAULT '', -- imports::Report as JSON
    fault        TEXT   NOT NULL DEFAULT '', -- key of what stopped it
    created_by   BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,            -- UTC microseconds since 1970
    finished_at  BIGINT,
    {key community_id, id},
    {fk created_by members}
);

CREATE INDEX imports_newest ON imports (community_id, created_at);
CREATE INDEX imports_by ON imports (community_id, created_by);

-- Joins and leaves of an archive that were announced: each once, however often it is imported.
CREATE TABLE import_events (
    community_id BIGINT NOT NULL,
    source       TEXT   NOT NULL,
    PRIMARY KEY (community_id, source)
);
