package dev.sluice.connector.file.destination;

import dev.sluice.testkit.contract.DestinationContract;
import dev.sluice.testkit.contract.DestinationFixture;
import java.util.Map;

/** A folder of files in the format jsonl keeps the contract of destinations. */
class JsonLinesDestinationTest extends DestinationContract {
    @Override
    protected DestinationFixture fixture() {
        return new FolderFixture(Map.of("format", "jsonl"), FileReading.JSON_LINES);
    }
}
