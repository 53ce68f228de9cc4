package dev.sluice.connector.file.destination;

import dev.sluice.connector.file.store.S3Server;
import dev.sluice.testkit.contract.DestinationContract;
import dev.sluice.testkit.contract.DestinationFixture;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A bucket of files in the format csv keeps the contract of destinations. */
@EnabledIfSystemProperty(
        named = "sluice.stores.contract",
        matches = "true",
        disabledReason = "takes minutes, since each step is a request; ask for it with -Dsluice.stores.contract=true")
class S3DestinationTest extends DestinationContract {
    @Override
    protected DestinationFixture fixture() {
        return new StoreFixture(S3Server.shared(), "csv", FileReading.CSV);
    }
}
