package dev.sluice.connector.postgres;

import dev.sluice.testkit.contract.DestinationContract;
import dev.sluice.testkit.contract.DestinationFixture;

/** PostgreSQL keeps the contract of destinations. */
final class PostgresDestinationTest extends DestinationContract {
    @Override
    protected DestinationFixture fixture() {
        return new PostgresPlace();
    }
}
