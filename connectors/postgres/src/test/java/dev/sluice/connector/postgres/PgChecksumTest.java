package dev.sluice.connector.postgres;

import dev.sluice.spi.source.ChecksumForm;
import dev.sluice.testkit.contract.ChecksumContract;
import dev.sluice.testkit.contract.SourceFixture;
import java.util.Set;

/** PostgreSQL sums rows as the definition says. */
final class PgChecksumTest extends ChecksumContract {
    @Override
    protected SourceFixture fixture() {
        return new PostgresFixture();
    }

    @Override
    protected Set<ChecksumForm> lacks() {
        return Set.of();
    }
}
