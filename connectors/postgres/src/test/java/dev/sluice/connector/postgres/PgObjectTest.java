package dev.sluice.connector.postgres;

import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.testkit.contract.ObjectContract;
import dev.sluice.testkit.contract.ObjectFixture;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresServer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** PostgreSQL keeps the contract of tables that are there. */
final class PgObjectTest extends ObjectContract {
    @Override
    protected ObjectFixture fixture() {
        return new Place();
    }

    private static final class Place implements ObjectFixture {
        private final PostgresDatabase database = PostgresServer.shared().createDatabase();

        Place() {
            database.execute(
                    "CREATE SCHEMA crm",
                    "CREATE TYPE crm.tier AS ENUM ('gold', 'silver')",
                    "CREATE TABLE crm.owners (name text PRIMARY KEY)",
                    "CREATE TABLE crm.contacts (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL"
                            + " UNIQUE, full_name varchar(20) NOT NULL, score int CHECK (score < 2000), tier crm.tier,"
                            + " phone text, owner text REFERENCES crm.owners DEFERRABLE INITIALLY DEFERRED,"
                            + " origin text NOT NULL DEFAULT 'hand', seen timestamp(0), note jsonb)");
        }

        @Override
        public Destination open(ConnectorContext context) {
            return new PostgresDestination().open(Config.of(PostgresFixture.config(database, Map.of())), context);
        }

        @Override
        public String object() {
            return "crm.contacts";
        }

        @Override
        public String table() {
            return "crm.contacts";
        }

        @Override
        public void execute(String... statements) {
            database.execute(statements);
        }

        @Override
        public List<List<@Nullable String>> query(String sql) {
            return database.query(sql);
        }

        @Override
        public boolean foldsCase() {
            return false;
        }

        @Override
        public String letsFall() {
            return """
                CREATE FUNCTION crm.no_jackpot() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN IF NEW.score = 777 THEN RETURN NULL; END IF; RETURN NEW; END $$;
                CREATE TRIGGER jackpot BEFORE INSERT ON crm.contacts FOR EACH ROW EXECUTE FUNCTION crm.no_jackpot()\
                """;
        }

        @Override
        public void close() {
            database.close();
        }
    }
}
