-- Makes the roles of compose.yaml: the image runs it once, as its superuser, on an empty volume.
\set owner app_owner
\set application app
\getenv owner_password POSTGRES_PASSWORD
\getenv application_password POSTGRES_APP_PASSWORD

BEGIN;

-- Applies the migrations (DATABASE_DIRECT_URL), and so owns the tables. The schema public is the database owner's.
CREATE ROLE :"owner" LOGIN PASSWORD :'owner_password';
ALTER DATABASE :"DBNAME" OWNER TO :"owner";

-- What the backend works as (DATABASE_URL): it reads and writes rows and changes nothing else, now or in new tables.
CREATE ROLE :"application" LOGIN PASSWORD :'application_password';
REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT CONNECT ON DATABASE :"DBNAME" TO :"application";
GRANT USAGE ON SCHEMA public TO :"application";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"application";

-- Nobody is superuser over the network. In the container no password is asked for.
ALTER ROLE CURRENT_USER PASSWORD NULL;

COMMIT;
