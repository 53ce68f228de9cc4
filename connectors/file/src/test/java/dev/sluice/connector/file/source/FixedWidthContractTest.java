package dev.sluice.connector.file.source;

import dev.sluice.testkit.contract.SourceContract;
import dev.sluice.testkit.contract.SourceFixture;
import java.io.IOException;
import java.util.Map;

/** Text whose columns have a place of their own in each line keeps the contract of sources. */
class FixedWidthContractTest extends SourceContract {
    @Override
    protected SourceFixture fixture() throws IOException {
        return new FileFixture(new FixedWidthWriter(), Map.of());
    }
}
