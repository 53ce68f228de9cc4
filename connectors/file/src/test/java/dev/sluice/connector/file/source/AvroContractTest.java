package dev.sluice.connector.file.source;

import dev.sluice.testkit.contract.SourceContract;
import dev.sluice.testkit.contract.SourceFixture;
import java.io.IOException;
import java.util.Map;

class AvroContractTest extends SourceContract {
    @Override
    protected SourceFixture fixture() throws IOException {
        return new FileFixture(new AvroWriter(), Map.of());
    }
}
