package dev.sluice.connector.mysql;

import dev.sluice.testkit.contract.DestinationContract;
import dev.sluice.testkit.contract.DestinationFixture;

/** The server keeps the contract of destinations. */
final class MySqlDestinationTest extends DestinationContract {
    @Override
    protected DestinationFixture fixture() {
        return new MyPlace();
    }
}
