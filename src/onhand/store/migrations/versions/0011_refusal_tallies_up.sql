-- How many deductions were refused, as the processes that saw them told; a refusal itself is not kept.

CREATE TABLE refusal_tally (
    org_id  bigint  NOT NULL,
    id      bigint  NOT NULL,
    version integer NOT NULL,
    site    text    NOT NULL,
    hour    text    NOT NULL,
    process text    NOT NULL,
    refused bigint  NOT NULL,
    CONSTRAINT refusal_tally_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT refusal_tally_unique UNIQUE (org_id, site, hour, process),
    CONSTRAINT refusal_tally_counts_up CHECK (refused > 0)
);

CREATE INDEX refusal_tally_by_hour ON refusal_tally (org_id, hour);

SELECT guard_versions('refusal_tally');
