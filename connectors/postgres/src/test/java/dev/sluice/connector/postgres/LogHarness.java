package dev.sluice.connector.postgres;

import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.source.Source;
import dev.sluice.testkit.drive.LogRuns;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresLogin;
import java.util.Map;

/** A connection that reads tables of a database from its log, run after run. */
final class LogHarness extends LogRuns {
    private static final int WAIT = 60;

    private final PostgresDatabase database;
    private final String slot;

    LogHarness(PostgresDatabase database, String slot) {
        this(database, slot, WAIT);
    }

    /** One where a first copy waits for open transactions so many seconds. */
    LogHarness(PostgresDatabase database, String slot, int wait) {
        super("public", context -> new PostgresSource().open(LogFixture.config(database, slot, wait), context));
        this.database = database;
        this.slot = slot;
    }

    /** The source as another role sees it. */
    Source openAs(PostgresLogin login) {
        Config config =
                LogFixture.config(database, slot, WAIT, Map.of("username", login.user(), "password", login.password()));
        return new PostgresSource().open(config, context());
    }
}
