package dev.sluice.connector.file.destination;

import dev.sluice.testkit.contract.DestinationContract;
import dev.sluice.testkit.contract.DestinationFixture;
import java.util.Map;

/** A folder of files in the format avro keeps the contract of destinations. */
class AvroDestinationTest extends DestinationContract {
    @Override
    protected DestinationFixture fixture() {
        return new FolderFixture(Map.of("format", "avro"), FileReading.AVRO);
    }
}
