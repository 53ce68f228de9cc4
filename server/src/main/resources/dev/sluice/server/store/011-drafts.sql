-- What a draft is called, and what was made of it, so that who submits it twice makes it once.
ALTER TABLE draft ADD COLUMN name TEXT;
ALTER TABLE draft ADD COLUMN made ${json};
ALTER TABLE draft ADD COLUMN submitted_at ${long};
