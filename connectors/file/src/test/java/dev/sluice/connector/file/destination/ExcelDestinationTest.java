package dev.sluice.connector.file.destination;

import dev.sluice.testkit.contract.DestinationContract;
import dev.sluice.testkit.contract.DestinationFixture;
import java.util.Map;

/** A folder of workbooks keeps the contract of destinations. */
class ExcelDestinationTest extends DestinationContract {
    @Override
    protected DestinationFixture fixture() {
        return new FolderFixture(Map.of("format", "xlsx"), FileReading.EXCEL);
    }
}
