package dev.sluice.connector.file.destination;

import dev.sluice.connector.file.store.AzureServer;
import dev.sluice.testkit.contract.DestinationContract;
import dev.sluice.testkit.contract.DestinationFixture;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A container of files in the format csv keeps the contract of destinations. */
@EnabledIfSystemProperty(
        named = "sluice.stores.contract",
        matches = "true",
        disabledReason = "takes minutes, since each step is a request; ask for it with -Dsluice.stores.contract=true")
class AzureDestinationTest extends DestinationContract {
    @Override
    protected DestinationFixture fixture() {
        return new StoreFixture(AzureServer.shared(), "csv", FileReading.CSV);
    }
}
