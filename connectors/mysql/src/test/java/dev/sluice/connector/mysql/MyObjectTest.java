package dev.sluice.connector.mysql;

import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.testkit.contract.ObjectContract;
import dev.sluice.testkit.contract.ObjectFixture;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The server keeps the contract of tables that are there. */
final class MyObjectTest extends ObjectContract {
    @Override
    protected ObjectFixture fixture() {
        return new Place();
    }

    private static final class Place implements ObjectFixture {
        private final MyPlace place = new MyPlace();

        Place() {
            execute(
                    "CREATE TABLE owners (name varchar(40) PRIMARY KEY)"
                            + " DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci",
                    "CREATE TABLE contacts (id bigint AUTO_INCREMENT PRIMARY KEY, email varchar(100) NOT NULL UNIQUE,"
                            + " full_name varchar(20) NOT NULL, score int CHECK (score < 2000),"
                            + " tier enum('gold', 'silver'), phone text, owner varchar(40),"
                            + " origin varchar(20) NOT NULL DEFAULT 'hand', seen datetime, note json,"
                            + " shown varchar(60) AS (concat(full_name, ' ', email)) VIRTUAL,"
                            + " FOREIGN KEY (owner) REFERENCES owners (name))"
                            + " DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
        }

        @Override
        public Destination open(ConnectorContext context) {
            return place.open(context);
        }

        @Override
        public String object() {
            return place.database().name() + ".contacts";
        }

        @Override
        public String table() {
            return "contacts";
        }

        @Override
        public void execute(String... statements) {
            place.database().execute(statements);
        }

        @Override
        public List<List<@Nullable String>> query(String sql) {
            return place.database().query(sql);
        }

        @Override
        public String tableOptions() {
            return " DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci";
        }

        @Override
        public boolean foldsCase() {
            return true;
        }

        @Override
        public @Nullable String letsFall() {
            return null;
        }

        @Override
        public void close() {
            place.close();
        }
    }
}
