package dev.sluice.connector.postgres;

import dev.sluice.testkit.contract.SourceContract;
import dev.sluice.testkit.contract.SourceFixture;

/** PostgreSQL keeps the contract of sources, whole. */
final class PostgresSourceTest extends SourceContract {
    @Override
    protected SourceFixture fixture() {
        return new PostgresFixture();
    }
}
