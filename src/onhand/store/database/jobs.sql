-- open_jobs --
-- Plans what is due. Nothing is planned twice, nor while an earlier job of the task is open.
-- params:  org_id bigint, tasks text[], slots timestamptz[] (paired)
INSERT INTO job (
       org_id, task, slot
)
SELECT %(org_id)s,
       due.task,
       due.slot
  FROM unnest(%(tasks)s::text[], %(slots)s::timestamptz[]) AS due (task, slot)
    ON CONFLICT DO NOTHING;

-- claim_jobs --
-- Takes the leases of all jobs that wait for nobody and nothing, but of tasks that the claimer is at already.
-- params:  org_id bigint, claim text, lease_seconds double precision, busy text[]
-- returns: 0..n rows with the task, its moment, and how often it was begun, this time too
UPDATE job
   SET tries = job.tries + 1,
       leased_by = %(claim)s::text,
       lease_until = now() + make_interval(secs => %(lease_seconds)s::double precision)
 WHERE job.org_id = %(org_id)s
   AND job.ended_at IS NULL
   AND job.next_attempt_at <= now()
   AND (job.lease_until IS NULL OR job.lease_until <= now())
   AND job.task <> ALL (%(busy)s::text[])
RETURNING job.task, job.slot, job.tries;

-- hold_jobs --
-- Holds the leases of jobs longer.
-- params:  org_id bigint, claim text, lease_seconds double precision, busy text[]
UPDATE job
   SET lease_until = now() + make_interval(secs => %(lease_seconds)s::double precision)
 WHERE job.org_id = %(org_id)s
   AND job.ended_at IS NULL
   AND job.leased_by = %(claim)s::text
   AND job.task = ANY (%(busy)s::text[]);

-- postpone_job --
-- Gives the lease of a job up, and lets it wait.
-- params:  org_id bigint, task text, slot timestamptz, claim text, wait_seconds double precision
UPDATE job
   SET next_attempt_at = now() + make_interval(secs => %(wait_seconds)s::double precision),
       leased_by = NULL,
       lease_until = NULL
 WHERE job.org_id = %(org_id)s
   AND job.task = %(task)s::text
   AND job.slot = %(slot)s::timestamptz
   AND job.leased_by = %(claim)s::text;

-- end_job --
-- Notes that a job is done, or has failed for good; one whose lease was taken over is another's to end.
-- params:  org_id bigint, task text, slot timestamptz, claim text, failure text (may be null: it is done)
UPDATE job
   SET ended_at = now(),
       failure = %(failure)s::text,
       leased_by = NULL,
       lease_until = NULL
 WHERE job.org_id = %(org_id)s
   AND job.task = %(task)s::text
   AND job.slot = %(slot)s::timestamptz
   AND job.leased_by = %(claim)s::text;

-- delete_ended_jobs --
-- Deletes jobs that ended long ago; the last of each task stays, so that its moment is not planned again.
-- params:  org_id bigint, keep_hours bigint
DELETE FROM job
 WHERE job.org_id = %(org_id)s
   AND job.ended_at < now() - make_interval(hours => %(keep_hours)s::integer)
   AND EXISTS (
       SELECT
         FROM job AS later
        WHERE later.org_id = %(org_id)s
          AND later.task = job.task
          AND later.slot > job.slot
       );
