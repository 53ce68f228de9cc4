package dev.sluice.connector.file.source;

import dev.sluice.testkit.contract.SourceContract;
import dev.sluice.testkit.contract.SourceFixture;
import java.io.IOException;
import java.util.Map;

/** Workbooks keep the contract of sources. */
class ExcelContractTest extends SourceContract {
    @Override
    protected SourceFixture fixture() throws IOException {
        return new FileFixture(new ExcelWriter(), Map.of());
    }
}
