package dev.sluice.connector.file.destination;

import dev.sluice.connector.file.store.SftpServer;
import dev.sluice.testkit.contract.DestinationContract;
import dev.sluice.testkit.contract.DestinationFixture;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Files of an SSH server in the format csv keep the contract of destinations. */
@EnabledIfSystemProperty(
        named = "sluice.stores.contract",
        matches = "true",
        disabledReason = "takes minutes, since each step is a request; ask for it with -Dsluice.stores.contract=true")
class SftpDestinationTest extends DestinationContract {
    @Override
    protected DestinationFixture fixture() {
        return new StoreFixture(SftpServer.shared(), "csv", FileReading.CSV);
    }
}
